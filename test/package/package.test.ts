import { readdirSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneInto, emptyPlace, type Place, ROOT } from './_clone.ts';

let place: Place;
let team: string;
let packed: string[];

/** What `npm pack` makes of a clone, installed into an empty directory. */
beforeAll(async () => {
  place = await emptyPlace();
  const clone = join(place.dir, 'clone');
  await cloneInto(clone);
  await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  const pack = await place.run(clone, 'npm', 'pack', '--silent', '--pack-destination', place.dir);
  expect(pack.code, pack.err).toBe(0);
  const [tarball = ''] = readdirSync(place.dir).filter((name) => name.endsWith('.tgz'));
  const list = await place.run(place.dir, 'tar', '-tzf', tarball);
  packed = list.out.trimEnd().split('\n');
  team = join(place.dir, 'team');
  await mkdir(team);
  await writeFile(join(team, 'package.json'), '{ "name": "team", "private": true, "type": "module" }\n');
  const install = await place.run(team, 'npm', 'install', '--no-audit', '--no-fund', join(place.dir, tarball));
  expect(install.code, install.err).toBe(0);
}, 240_000);

afterAll(() => place?.[Symbol.asyncDispose]());

const proxyproof = (...args: string[]) => place.run(team, 'npx', '--no-install', 'proxyproof', ...args);

test('the package holds what runs and what is read, and nothing else', () => {
  const top = new Set(packed.map((name) => name.split('/')[1]));
  expect([...top].toSorted()).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist',
      'docker',
      'docs',
      'package.json',
      'proxyproof',
      'schema',
    ].toSorted(),
  );
  expect(packed.filter((name) => /\/(test|bench|runs)\//.test(name))).toEqual([]);
  expect(packed.filter((name) => name.includes('/dist/') && /(?<!\.d)\.ts$/.test(name))).toEqual([]);
});

test('npx proxyproof list lists every scenario', async () => {
  const { code, out, err } = await proxyproof('list');
  expect(out, err).toMatch(/^\d{2,} scenarios, \d{3,} cases under profile 14\.10/m);
  expect(code).toBe(0);
});

test('npx proxyproof run runs a case and writes the reports', async () => {
  const { code, out, err } = await proxyproof('run', 'rate-limit/reset-time-valid[body=json]', '--report', 'report');
  expect(out, err).toContain('1 pass');
  expect(code).toBe(0);
  expect(readdirSync(join(team, 'report'))).toContain('report.html');
});

test("a team's own scenario, in TypeScript and by the package's name, runs beside ours", async () => {
  await mkdir(join(team, 'scenarios'));
  await writeFile(
    join(team, 'scenarios', 'polite.ts'),
    `import { check, proxyVariables, scenario } from 'proxyproof';

export default scenario({
  id: 'team/polite',
  asks: 'Does it say who it is?',
  requires: { level: 'R', cites: 'Rules of our network, page 3', holds: 'Every request has a User-Agent.' },
  explains: 'The runner polls through a proxy; its first request must name it.',
  abilities: () => ['poll'],
  mutants: [],
  world: () => ({ proxy: { kind: 'basic' } }),
  act: async ({ world, subject }) => {
    await subject.run({
      url: world.gitlabUrl,
      token: world.gitlab.tokens.runner,
      env: proxyVariables({ url: world.proxy.url }),
      checkInterval: 1,
    });
    await world.until('the first job request', (seen) => seen.gitlab('job').length > 0, 30_000);
  },
  judge: (evidence) => {
    const [first] = evidence.gitlab('job');
    const agent = first?.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1];
    return [check(agent !== undefined, 'a User-Agent', agent ?? 'there is none', first)];
  },
});
`,
  );
  const { code, out, err } = await proxyproof('run', 'team/*', '--scenarios', 'scenarios');
  expect(out, err).toContain('1 pass');
  expect(code).toBe(0);
});

test("a team's scenario is made of the kit", async () => {
  await mkdir(join(team, 'of-the-kit'));
  await writeFile(
    join(team, 'of-the-kit', 'through-proxy.ts'),
    `import { configFor, makeRequest, proxyAxis, proxyNeeds, proxyOf, scenario, throughProxy } from 'proxyproof/kit';

export default scenario({
  id: 'team/through-proxy',
  asks: 'Do job requests go through the proxy?',
  requires: { level: 'R', cites: 'Rules of our network, page 1', holds: 'Nothing goes around the proxy.' },
  explains: 'The runner polls; its requests must come from the proxy.',
  axes: { proxy: { ...proxyAxis, values: ['basic'] } },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: () => ['poll'],
  mutants: ['never-uses-proxy'],
  world: ({ axes }) => ({ gitlab: {}, proxy: proxyOf(axes) }),
  act: (stage) => makeRequest(stage, 'job', configFor(stage)),
  judge: (evidence) => throughProxy(evidence, ['job'], 'job requests'),
});
`,
  );
  const { code, out, err } = await proxyproof('run', 'team/*', '--scenarios', 'of-the-kit');
  expect(out, err).toContain('1 pass');
  expect(code).toBe(0);
});

describe('the API', () => {
  const source = `import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { type Exchange, simulatedClock, startWorld, type World } from 'proxyproof';

/** Asks for a job through the world's proxy, as a runner does. */
function askForJob(world: World): Promise<number | undefined> {
  const proxy = new URL(world.proxy.url);
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request({
    host: proxy.hostname,
    port: proxy.port,
    method: 'POST',
    path: \`\${world.gitlabUrl}/api/v4/jobs/request\`,
    headers: {
      'Content-Type': 'application/json',
      'Proxy-Authorization': \`Basic \${btoa(\`\${world.proxy.auth.user}:\${world.proxy.auth.password}\`)}\`,
    },
  }, (response) => resolve(response.resume().statusCode))
    .on('error', reject)
    .end(JSON.stringify({ token: world.gitlab.tokens.runner }));
  return promise;
}

test('a limited request is answered as planned, and on record', async () => {
  await using world = await startWorld({
    gitlab: { plan: [{ on: 'job', times: 1, give: { status: 429, retryAfter: 7 } }] },
    proxy: { kind: 'basic' },
  });
  assert.equal(await askForJob(world), 429);
  assert.equal(await askForJob(world), 204);
  const seen: readonly Exchange[] = world.evidence.gitlab('job');
  assert.deepEqual(seen.map(({ status, via }) => [status, via]), [[429, 'proxy'], [204, 'proxy']]);
  assert.equal(world.evidence.proxy().length, 2);
});

test('time can be simulated', async () => {
  const clock = simulatedClock(0);
  await using world = await startWorld({}, { clock });
  await world.watch(3_600_000, 'nothing happens');
  assert.equal(world.clock.now(), 3_600_000);
});
`;

  test('runs in a test of one’s own', async () => {
    await writeFile(join(team, 'world.test.ts'), source);
    const { code, out } = await place.run(team, 'node_modules/.bin/node', '--test', 'world.test.ts');
    expect(out).toMatch(/pass 2/);
    expect(code, out).toBe(0);
  });

  test('is typed', async () => {
    await writeFile(join(team, 'world.test.ts'), source);
    const wrong = "import { startWorld } from 'proxyproof';\nawait startWorld({ proxy: { kind: 'tinyproxy' } });\n";
    await writeFile(join(team, 'wrong.ts'), wrong);
    const options = {
      compilerOptions: {
        module: 'nodenext',
        target: 'es2025',
        lib: ['es2025', 'esnext'],
        strict: true,
        noEmit: true,
        typeRoots: [join(ROOT, 'node_modules/@types')],
        types: ['node'],
      },
      include: ['*.ts', 'scenarios/*.ts'],
    };
    await writeFile(join(team, 'tsconfig.json'), JSON.stringify(options));
    const { out } = await place.run(
      team,
      'node_modules/.bin/node',
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '-p',
      '.',
    );
    expect(out.trim().split('\n')).toEqual([expect.stringMatching(/^wrong\.ts\(2,\d+\): error TS2322: .*"tinyproxy"/)]);
  });
});
