import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../harness/process/index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LIMIT_MS = 120_000;

const PROFILE = `import type { Profile } from '../profile.ts';
import { profile183 } from './18-3.ts';

/** A page that nobody wrote: it is 18.3's, and four requests are allowed, too. */
export const profile999 = {
  ...profile183,
  name: '99.9',
  since: '99.9.0',
  rateLimit: { ...profile183.rateLimit, requests: { least: 4, most: 6 } },
  reference: { ...profile183.reference, version: '99.9.0' },
} as const satisfies Profile;
`;

/** A copy of the project with a third profile, added as CONTRIBUTING says: a file and its line. */
describe('a third profile, added as one entry', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
    for (const each of ['harness', 'scenarios', 'package.json', 'tsconfig.json']) {
      await cp(join(ROOT, each), join(dir, each), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
    const list = join(dir, 'harness/profile/profiles/index.ts');
    const text = await readFile(list, 'utf8');
    await writeFile(
      list,
      text
        .replace('\n/**', "import { profile999 } from './99-9.ts';\n\n/**")
        .replace('profile183]', 'profile183, profile999]'),
    );
    await writeFile(join(dir, 'harness/profile/profiles/99-9.ts'), PROFILE);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const node = async (...args: string[]): Promise<string> =>
    (await run(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { cwd: dir, limitMs: LIMIT_MS }))
      .stdout;
  const cli = (...args: string[]): Promise<string> => node('harness/cli/main.ts', ...args);

  it('type-checks', { timeout: LIMIT_MS }, async () => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    expect(await node(tsc, '--noEmit', '-p', '.')).toBe('');
  });

  it('is listed, shown and offered', { timeout: LIMIT_MS }, async () => {
    expect(await cli('list', 'rate-limit/retry-after', '--profile', '99.9')).toMatch(
      /^R .*GitLab Runner 99\.9, Running GitLab Runner behind a proxy, “Handling rate limited requests \(Rate limits\)”/m,
    );
    const shown = await cli('show', 'rate-limit/retry-after');
    expect(shown).toContain('Profile 99.9: required');
    // Its requirements are those of the profile before it.
    expect(shown.match(/It waits as many seconds as Retry-After says/g)).toHaveLength(2);
    expect((await cli('run', '--help')).replaceAll(/\s+/g, ' ')).toContain('14.10, 18.3 or 99.9');
  });

  it('is what the reference runner follows, and what its results say', { timeout: LIMIT_MS }, async () => {
    const report = join(dir, 'report');
    const out = await cli('run', 'rate-limit/gives-up-after-five[body=json]', '--profile', '99.9', '--report', report);
    expect(out).toContain('reference 99.9.0 behaves as profile 99.9 asks');
    const results = JSON.parse(await readFile(join(report, 'results.json'), 'utf8'));
    expect(results).toMatchObject({ profile: '99.9', subject: { version: '99.9.0' }, totals: { pass: 1 } });
    expect(JSON.stringify(results)).toContain('4 to 6 requests');
    expect(await cli('recheck', report)).toContain('0 of 1 cases are judged otherwise');
  });

  it('is in the schema, in expectations files, and the one of its version', { timeout: LIMIT_MS }, async () => {
    await writeFile(join(dir, 'expect.yaml'), '- { id: rate-limit/*, profile: "99.9", reason: known }\n');
    expect(await cli('run', 'rate-limit/*', '--dry-run', '--expect', 'expect.yaml')).toContain('would run');
    const said = await node(
      '--input-type=module',
      '--eval',
      `import { resultsJsonSchema } from './harness/report/index.ts';
       import { gitlabRunnerDriver } from './harness/runner/index.ts';
       console.log(JSON.stringify(resultsJsonSchema().properties.profile.enum),
         gitlabRunnerDriver({ path: '/runner', version: '100.1.0' }).profile);`,
    );
    expect(said.trim()).toBe('["14.10","18.3","99.9"] 99.9');
  });
});
