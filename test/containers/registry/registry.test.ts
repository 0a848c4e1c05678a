import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realClock } from '../../../harness/clock/index.ts';
import type { ContainerSpec, RunningContainer } from '../../../harness/containers/index.ts';
import { openRegistry, type RegistrySpec } from '../../../harness/containers/registry/index.ts';
import { createMockGitlab } from '../../../harness/gitlab/index.ts';
import { countingSink, Evidence, Ledger, Secrets } from '../../../harness/ledger/index.ts';
import { findProgram } from '../../../harness/process/index.ts';
import { createCertificateAuthority } from '../../../harness/tls/index.ts';

const program = findProgram('docker-registry');

/** Runs the registry of this machine where an engine would run that of its image. */
function here(dir: string, stack: AsyncDisposableStack) {
  return {
    run: async ({ files = {}, volumes = [] }: ContainerSpec): Promise<RunningContainer> => {
      const places = new Map(volumes.map((each) => each.split(':').slice(0, 2).reverse() as [string, string]));
      const paths = new Map<string, string>();
      for (const path of Object.keys(files)) paths.set(path, join(dir, path.replaceAll('/', '-').slice(1)));
      let configuration = '';
      for (const [path, content] of Object.entries(files)) {
        const text = [...paths, ...places].reduce(
          (all, [inside, outside]) => all.replaceAll(` ${inside}`, ` ${outside}`),
          content,
        );
        configuration = path.endsWith('.yml') ? (paths.get(path) ?? '') : configuration;
        await writeFile(paths.get(path) ?? '', path.endsWith('.yml') ? text : content);
      }
      const child = spawn(program ?? '', ['serve', configuration], { stdio: 'ignore' });
      const exited = once(child, 'exit').then(([code]) => ({ code: Number(code) }));
      stack.defer(async () => {
        child.kill('SIGKILL');
        await exited;
      });
      return { exited } as unknown as RunningContainer;
    },
  };
}

async function arrange(spec: RegistrySpec) {
  await using stack = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-registry-test-'));
  stack.defer(() => rm(dir, { recursive: true, force: true }));
  const clock = realClock();
  const ledger = new Ledger({ case: 'test', clock, secrets: new Secrets(), sink: countingSink() });
  const ca = await createCertificateAuthority('the test');
  const registry = stack.use(await openRegistry({ spec, ledger, ca, dir: join(dir, 'registry') }));
  const signer = await ca.issue(['registry tokens']);
  const address = registry.address;
  const gitlab = stack.use(await createMockGitlab({ spec: {}, clock, ledger, dir, registry: { address, signer } }));
  const engine = here(dir, stack);
  await registry.start({ engine, ...(gitlab.registryAuth ? { auth: gitlab.registryAuth } : {}) });
  const all = stack.move();
  const base = `http://127.0.0.1:${registry.port}`;
  const token = async (scope: string, anonymous = false): Promise<string> => {
    const { user = '', password = '' } = gitlab.registryLogin ?? {};
    const basic = Buffer.from(`${user}:${password}`).toString('base64');
    const query = `service=${gitlab.registryAuth?.service}&scope=${encodeURIComponent(scope)}`;
    const answer = await fetch(`http://127.0.0.1:${gitlab.port}/jwt/auth?${query}`, {
      headers: anonymous ? {} : { Authorization: `Basic ${basic}` },
    });
    return ((await answer.json()) as { token: string }).token;
  };
  return {
    registry,
    gitlab,
    base,
    token,
    get evidence() {
      return new Evidence(ledger.events);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const start = (base: string, token?: string) =>
  fetch(`${base}/v2/group/project/blobs/uploads/`, {
    method: 'POST',
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });

const SCOPE = 'repository:group/project:pull,push';

describe.skipIf(!program)('the real registry, behind its front', () => {
  it("lets in whoever has GitLab's token, and nobody else", async () => {
    await using arranged = await arrange({});
    const { base, gitlab, token } = arranged;
    const challenged = await fetch(`${base}/v2/`);
    expect(challenged.status).toBe(401);
    expect(challenged.headers.get('www-authenticate')).toBe(
      `Bearer realm="${gitlab.url}/jwt/auth",service="container_registry"`,
    );
    expect((await start(base)).status).toBe(401);
    expect((await start(base, await token(SCOPE, true))).status).toBe(401);
    expect((await start(base, await token('repository:group/project:pull'))).status).toBe(401);
    const begun = await start(base, await token(SCOPE));
    expect(begun.status).toBe(202);
    expect(begun.headers.get('location')).toMatch(`http://127.0.0.1:${arranged.registry.port}/v2/group/project/`);
    expect(arranged.evidence.requests('registry').map(({ status }) => status)).toEqual([401, 401, 401, 401, 202]);
  });

  it('lets everybody in where the declaration says so, and tells of tags', async () => {
    await using arranged = await arrange({ auth: 'none' });
    const { base, registry } = arranged;
    const begun = await start(base);
    const layer = Buffer.alloc(1000, 'layer');
    const digest = `sha256:${hash('sha256', layer)}`;
    const location = begun.headers.get('location') ?? '';
    const put = await fetch(`${location}&digest=${digest}`, { method: 'PUT', body: layer });
    expect(put.status).toBe(201);
    expect(await registry.tags('group/project')).toEqual([]);
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: layer.length, digest },
      layers: [],
    });
    const tagged = await fetch(`${base}/v2/group/project/manifests/v1`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/vnd.docker.distribution.manifest.v2+json' },
      body: manifest,
    });
    expect(tagged.status).toBe(201);
    expect(await registry.tags('group/project')).toEqual(['v1']);
  });

  it('says so when it does not come up', async () => {
    await expect(arrange({ auth: 'token', tls: false, holds: [{ repository: 'x', image: 'base' }] })).rejects.toThrow(
      'needs the store they come from',
    );
  });
});
