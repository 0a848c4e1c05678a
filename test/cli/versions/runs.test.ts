import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Terminal } from '../../../harness/cli/exit.ts';
import { type Contender, openRuns, type WantedCases } from '../../../harness/cli/versions/index.ts';
import { profileNames } from '../../../harness/profile/index.ts';
import { readRun } from '../../../harness/report/index.ts';
import { QUICK, QUICK_CASE, ROOT, scratch } from '../_tool.ts';

const reference: Contender = { is: 'runner', label: 'reference', runner: 'reference' };
const mutant: Contender = { is: 'runner', label: 'late', runner: 'reference:ignores-reset-time' };
const OTHER = `${QUICK}[body=text]`;

describe('runs of contenders', () => {
  it('are run once, and only what is missing is run later', async () => {
    await using place = await scratch();
    const { terminal, err } = terminalIn(place.dir);
    const get = async (contender: Contender, wanted: WantedCases) => {
      await using runs = openRuns(terminal);
      return await runs.of(contender, wanted);
    };

    const first = await get(reference, { globs: [QUICK_CASE], profile: '14.10' });
    expect(first.ran).toBe(1);
    expect(idsOf(await readRun(first.dir))).toEqual([QUICK_CASE]);
    const again = await get(reference, { globs: [QUICK_CASE], profile: '14.10' });
    expect(again).toEqual({ ...first, ran: 0 });

    const both = await get(reference, { globs: [QUICK_CASE, OTHER], profile: '14.10' });
    expect(both.ran).toBe(1);
    const joined = await readRun(both.dir);
    expect(idsOf(joined).sort()).toEqual([QUICK_CASE, OTHER].sort());
    expect(joined.results.outcomes.every(({ outcome }) => outcome === 'pass')).toBe(true);
    expect((await get(reference, { globs: [QUICK_CASE, OTHER], profile: '14.10' })).dir).toBe(both.dir);
    // Of more that is stored, just what was asked for.
    const one = await get(reference, { globs: [OTHER], profile: '14.10' });
    expect([one.ran, idsOf(await readRun(one.dir))]).toEqual([0, [OTHER]]);

    const [otherSubject, otherProfile] = await Promise.all([
      get(mutant, { globs: [QUICK_CASE], profile: '14.10' }),
      get(reference, { globs: [QUICK_CASE], profile: '18.3' }),
    ]);
    expect([otherSubject.ran, otherProfile.ran]).toEqual([1, 1]);
    expect((await readRun(otherSubject.dir)).results.outcomes[0]?.outcome).toBe('fail');
    expect(err()).toContain('late under profile 14.10: 1 of 1 cases to run');
  });

  it('never takes for whole what was cut short or broke', async () => {
    await using place = await scratch();
    const { terminal } = terminalIn(place.dir);
    const get = async () => {
      await using runs = openRuns(terminal);
      return await runs.of(reference, { globs: [QUICK_CASE], profile: '14.10' });
    };
    const { dir } = await get();
    // As a process leaves it that was killed while it wrote its reports; no process has that number.
    const killed = join(dirname(dir), basename(dir).replace(/-\d+-/, '-99999999-'));
    await rm(join(dir, 'report.html'));
    const { rename } = await import('node:fs/promises');
    await rename(dir, killed);
    const second = await get();
    expect([second.ran, second.dir === killed]).toEqual([1, false]);

    const file = join(second.dir, 'results.json');
    const results = JSON.parse(await readFile(file, 'utf8'));
    results.outcomes[0].outcome = 'error';
    results.totals = { ...results.totals, pass: 0, error: 1 };
    await writeFile(file, JSON.stringify(results));
    expect((await get()).ran).toBe(1);
  });
});

describe('a runner that does not go by the profile', () => {
  const CASE = 'polling/authenticates[credentials=plain][during=job][proxy=basic]';
  const hasPython = spawnSync('python3', ['-c', 'import urllib.request']).status === 0;

  it.skipIf(!hasPython)(
    'is run once for all profiles, where the page has the scenario do the same [python3]',
    async () => {
      await using place = await scratch();
      const { terminal, err } = terminalIn(place.dir);
      const driver: Contender = { is: 'runner', label: 'tiny', runner: join(ROOT, 'docs/examples/driver.py') };
      await using runs = openRuns(terminal);
      const [old, young] = await Promise.all([
        runs.of(driver, { globs: [CASE], profile: '14.10' }),
        runs.of(driver, { globs: [CASE], profile: '18.11' }),
      ]);
      expect(old.ran + young.ran).toBe(1);
      expect(err().match(/1 of 1 cases to run/g)).toHaveLength(1);
      const run = await readRun(young.dir);
      expect(run.results.profile).toBe('18.11');
      expect(run.results.environment.command).toContain('--profile 18.11');
      expect(run.results.outcomes).toMatchObject([{ id: CASE, outcome: 'pass', profiles: profileNames }]);
      expect(run.results.outcomes[0]?.citation).toContain('GitLab Runner 18.11');

      // What broke under one profile is had from another one's run later, and nothing is run for it.
      const file = join(young.dir, 'results.json');
      const [outcome] = run.results.outcomes;
      const totals = { ...run.results.totals, pass: 0, error: 1 };
      await writeFile(file, JSON.stringify({ ...run.results, outcomes: [{ ...outcome, outcome: 'error' }], totals }));
      const whole = await runs.completed(young);
      expect((await readRun(whole.dir)).results.outcomes).toMatchObject([{ id: CASE, outcome: 'pass' }]);
    },
  );
});

const idsOf = ({ results }: Awaited<ReturnType<typeof readRun>>): string[] => results.outcomes.map(({ id }) => id);

function terminalIn(dir: string): { terminal: Terminal; err: () => string } {
  const [stdout, stderr] = [new PassThrough({ highWaterMark: 2 ** 24 }), new PassThrough({ highWaterMark: 2 ** 24 })];
  const env = { ...process.env, XDG_CACHE_HOME: join(dir, 'cache') };
  const terminal = { stdin: new PassThrough(), stdout, stderr, env, cwd: dir } as unknown as Terminal;
  return { terminal, err: () => String(stderr.read() ?? '') };
}
