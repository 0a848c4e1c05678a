import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { signatureFault } from '../../../../harness/gitlab/cache/signature-v4.ts';
import { jobIdentity } from '../../../../harness/runner/reference/docker/identity.ts';
import { presign } from '../../../../harness/runner/reference/docker/presign.ts';
import {
  knownLogins,
  type LoginSources,
  loginFor,
  repositoryOf,
} from '../../../../harness/runner/reference/docker/registry-login.ts';
import { containerScript } from '../../../../harness/runner/reference/docker/script.ts';
import { serviceDefinition } from '../../../../harness/runner/reference/docker/services.ts';
import { jobVolumes } from '../../../../harness/runner/reference/docker/volumes.ts';
import { honestDocker, type ServiceOrigin } from '../../../../harness/runner/reference/policies/docker-policy.ts';

const loginOf = (image: string, sources: LoginSources) => loginFor(image, knownLogins(sources));

const config = { url: 'http://gitlab.test', token: 'glrt-AbCdEfGhIjK', env: {}, checkInterval: 3 };
const job = { id: 41, token: 'job-token', job_info: { project_id: 7 } };

describe('names and labels', () => {
  it('have the short token, the project and the slot', () => {
    const identity = jobIdentity(config, job, 2);
    expect(identity.project).toBe('runner-abcdefgh-project-7-concurrent-2');
    expect(identity.job).toMatch(/^runner-abcdefgh-project-7-concurrent-2-[0-9a-f]{16}$/);
    expect(identity.labels({ type: 'build' })).toMatchObject({
      'com.gitlab.gitlab-runner.type': 'build',
      'com.gitlab.gitlab-runner.job.id': '41',
      'com.gitlab.gitlab-runner.managed': 'true',
      'com.gitlab.gitlab-runner.runner.id': 'AbCdEfGh',
    });
  });
});

describe('volumes', () => {
  const place = { buildsDir: '/builds', projectDir: '/builds/p', tmpDir: '/builds/p.tmp' };
  const docker = { host: 'unix:///x', image: 'job', helperImage: 'helper', volumes: ['/certs', '/a:/b:ro', '/cache'] };

  it('go with the job that clones, and stay for one that fetches', () => {
    const identity = jobIdentity(config, job, 0);
    const clones = jobVolumes(docker, identity, place, false);
    expect(clones.temporary).toEqual([expect.stringMatching(new RegExp(`^${identity.job}-cache-[0-9a-f]{32}$`))]);
    expect(clones.binds[0]).toBe(`${clones.temporary[0]}:/builds`);
    expect(clones.binds.filter((each) => each.endsWith(':/cache'))).toHaveLength(1);
    expect(clones.binds).toContain('/a:/b:ro');
    const fetches = jobVolumes(docker, identity, place, true);
    expect(fetches.temporary).toEqual([]);
    expect(fetches.binds[0]).toBe(jobVolumes(docker, jobIdentity(config, job, 0), place, true).binds[0]);
    expect(fetches.binds.find((each) => each.endsWith(':/certs'))).toMatch(/^runner-abcdefgh-project-7-concurrent-0-/);
  });
});

describe('a service', () => {
  const defined = (from: Parameters<typeof serviceDefinition>[0], namedIn: ServiceOrigin) =>
    serviceDefinition(from, namedIn, honestDocker.aliases);

  it.each([
    ['docker:dind', ['docker'], 'docker', 'dind'],
    [
      'registry.test:5000/group/docker:20',
      ['registry.test__group__docker', 'registry.test-group-docker'],
      'registry.test/group/docker',
      '20',
    ],
    ['postgres', ['postgres'], 'postgres', 'latest'],
  ] as const)('%s is called %s', (name, aliases, service, version) => {
    expect(defined({ name }, 'job')).toMatchObject({ aliases, service, version, image: name });
  });

  it('has its alias besides', () => {
    expect(defined({ name: 'docker:dind', alias: 'docker engine' }, 'job').aliases).toEqual(['docker', 'engine']);
  });

  it('has variables of its own where config.toml gives it some', () => {
    const { variables } = defined({ name: 'docker:dind', environment: ['A=b=c'] }, 'config');
    expect([...variables]).toEqual([['A', 'b=c']]);
  });
});

describe('the login for an image', () => {
  const auths = (of: object): string => JSON.stringify({ auths: of });
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const fromJob = { type: 'registry', url: 'registry.test:5000', username: 'gitlab-ci-token', password: 'token' };

  it('is that of the variable, then of the home directory, then of the job', () => {
    const sources = {
      variable: auths({ 'registry.test:5000': { auth: base64('variable:a:b') } }),
      home: auths({ 'registry.test:5000': { auth: base64('home:p') } }),
      job: [fromJob],
    };
    const found = (from: Partial<typeof sources>) =>
      loginOf('registry.test:5000/group/image:1', { variable: undefined, home: undefined, job: [], ...from });
    expect(found(sources)?.login).toMatchObject({ username: 'variable', password: 'a:b' });
    expect(found({ home: sources.home, job: sources.job })?.source).toBe('~/.docker/config.json');
    expect(found({ job: sources.job })?.login).toEqual({
      username: 'gitlab-ci-token',
      password: 'token',
      serveraddress: 'registry.test:5000',
    });
    expect(found({})).toBeUndefined();
  });

  it('is that of the longest path, of the right registry alone', () => {
    const home = auths({
      'https://registry.test': { auth: base64('all:p') },
      'registry.test/group': { auth: base64('group:p') },
    });
    const user = (image: string) => loginOf(image, { variable: undefined, home, job: [fromJob] })?.login.username;
    expect(user('registry.test/group/image')).toBe('group');
    expect(user('registry.test/other/image:2')).toBe('all');
    expect(user('registry.test:5000/image')).toBe('gitlab-ci-token');
    expect(user('debian:12')).toBeUndefined();
  });

  it('is none where the configuration is no JSON', () => {
    expect(loginOf('debian', { variable: '{', home: undefined, job: [] })).toBeUndefined();
  });

  it.each([
    ['debian', 'docker.io/debian'],
    ['library/debian:12', 'docker.io/library/debian'],
    ['index.docker.io/library/debian', 'docker.io/library/debian'],
    ['localhost/image@sha256:00', 'localhost/image'],
    ['Registry.test:5000/a/b:1', 'registry.test:5000/a/b'],
  ])('%s is of %s', (image, repository) => expect(repositoryOf(image)).toBe(repository));
});

describe('a URL signed for the cache', () => {
  const keys = { accessKey: 'AKEXAMPLE', secretKey: 'secret/key+' };
  const cache = { serverAddress: 'gitlab.test:8080', insecure: true, bucket: 'runner-cache', ...keys };
  const now = Date.UTC(2026, 0, 1, 12);
  const sign = (method: 'GET' | 'PUT') =>
    new URL(presign(cache, { method, object: 'runner/abc/project/7/a key+(1)*', now, expiresSeconds: 60 }));
  const fault = (method: string, url: URL, at = now) =>
    signatureFault({ method, target: url.pathname + url.search, headers: { host: url.host } }, keys, at);

  it('is good for its method and its time', () => {
    expect(fault('GET', sign('GET'))).toBeUndefined();
    expect(fault('PUT', sign('PUT'))).toBeUndefined();
    expect(fault('PUT', sign('GET'))).toBe('its signature does not fit it');
    expect(fault('GET', sign('GET'), now + 61_000)).toBe('its time is over, or has not come');
  });

  it('is an https one unless it may be insecure', () => {
    const url = presign({ ...cache, insecure: false }, { method: 'GET', object: 'x', now, expiresSeconds: 60 });
    expect(url).toMatch(/^https:\/\/gitlab\.test:8080\/runner-cache\/x\?X-Amz-Algorithm=/);
  });
});

describe("a script as a container's shell gets it", () => {
  const run = (shell: string, script: string): { code: number; output: string } => {
    const input = containerScript({
      script,
      variables: new Map([['QUOTED', `it's "a" $HOME \\`]]),
      files: new Map(),
      tmpDir: '/tmp',
    });
    try {
      return { code: 0, output: execFileSync(shell, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }) };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { code: status, output: stdout };
    }
  };

  describe.each(['bash', 'sh'])('%s', (shell) => {
    it('has its variables as they are, and ends with its exit code', () => {
      expect(run(shell, 'printf "%s\\n" "$QUOTED"\n(exit 7)\necho after')).toEqual({
        code: 7,
        output: `it's "a" $HOME \\\n`,
      });
    });

    it('is not read by what it starts', () => {
      expect(run(shell, 'cat\necho after')).toEqual({ code: 0, output: 'after\n' });
    });
  });
});
