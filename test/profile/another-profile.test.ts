import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COPY_LIMIT_MS, copyProject, type ProjectCopy } from '../project-copy.ts';

const PROFILE = `import type { Profile } from '../profile.ts';
import { profile1811 } from './18-11.ts';

/** A page that nobody wrote: it is 18.11's, and four requests are allowed, too. */
export const profile999 = {
  ...profile1811,
  name: '99.9',
  since: '99.9.0',
  rateLimit: { ...profile1811.rateLimit, requests: { least: 4, most: 6 } },
  reference: { ...profile1811.reference, version: '99.9.0' },
} as const satisfies Profile;
`;

/** A copy of the project with one profile more, added as CONTRIBUTING says. */
describe('a profile more, added as one entry', () => {
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await copyProject();
    const list = 'harness/profile/profiles/index.ts';
    await copy.edit(list, '\n/**', "import { profile999 } from './99-9.ts';\n\n/**");
    await copy.edit(list, 'profile1811]', 'profile1811, profile999]');
    await copy.add('harness/profile/profiles/99-9.ts', PROFILE);
  });
  afterAll(() => copy[Symbol.asyncDispose]());

  it('takes its file and its line, and nothing else', async () => {
    expect(await copy.changes()).toEqual([
      // What imports it, and the list.
      '2 lines: harness/profile/profiles/index.ts',
      'new: harness/profile/profiles/99-9.ts',
    ]);
  });

  it('type-checks', { timeout: COPY_LIMIT_MS }, async () => {
    expect(await copy.typeCheck()).toBe('');
  });

  it('is listed, shown and offered', { timeout: COPY_LIMIT_MS }, async () => {
    expect(await copy.cli('list', 'rate-limit/retry-after', '--profile', '99.9')).toMatch(
      /^R .*GitLab Runner 99\.9, Running GitLab Runner behind a proxy, “Handling rate limited requests \(Rate limits\)”/m,
    );
    const shown = await copy.cli('show', 'rate-limit/retry-after');
    expect(shown).toContain('Profile 99.9: required');
    // Its requirements are those of the profile before it.
    expect(shown.match(/It waits as many seconds as Retry-After says/g)).toHaveLength(3);
    expect((await copy.cli('run', '--help')).replaceAll(/\s+/g, ' ')).toContain('18.3, 18.11 or 99.9');
  });

  it('is what the reference runner follows, and what its results say', { timeout: COPY_LIMIT_MS }, async () => {
    const report = join(copy.dir, 'report');
    const out = await copy.cli(
      'run',
      'rate-limit/gives-up-after-five[body=json]',
      '--profile',
      '99.9',
      '--report',
      report,
    );
    expect(out).toContain('reference 99.9.0 behaves as profile 99.9 asks');
    const results = JSON.parse(await readFile(join(report, 'results.json'), 'utf8'));
    expect(results).toMatchObject({ profile: '99.9', subject: { version: '99.9.0' }, totals: { pass: 1 } });
    expect(JSON.stringify(results)).toContain('4 to 6 requests');
    expect(await copy.cli('recheck', report)).toContain('0 of 1 cases are judged otherwise');
  });

  it('is in the schema, in expectations files, and the one of its version', { timeout: COPY_LIMIT_MS }, async () => {
    await writeFile(join(copy.dir, 'expect.yaml'), '- { id: rate-limit/*, profile: "99.9", reason: known }\n');
    expect(await copy.cli('run', 'rate-limit/*', '--dry-run', '--expect', 'expect.yaml')).toContain('would run');
    const said = await copy.node(
      '--input-type=module',
      '--eval',
      `import { resultsJsonSchema } from './harness/report/index.ts';
       import { gitlabRunnerDriver } from './harness/runner/index.ts';
       console.log(JSON.stringify(resultsJsonSchema().properties.profile.enum),
         gitlabRunnerDriver({ path: '/runner', version: '100.1.0' }).profile);`,
    );
    expect(said.trim()).toBe('["14.10","17.5","18.3","18.11","99.9"] 99.9');
  });
});
