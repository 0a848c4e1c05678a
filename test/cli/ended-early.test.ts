import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRun } from '../../harness/report/index.ts';
import { teamScenario } from './_team.ts';
import { launch, scratch, tool } from './_tool.ts';

/** Two cases that end at once, and one that waits for what never comes. */
async function twoAndOne(dir: string): Promise<string[]> {
  const world = '{ gitlab: {} }';
  const judge = "return [{ verdict: 'holds', expected: 'a', observed: 'b', evidence: [] }];";
  for (const name of ['first', 'second']) await teamScenario(join(dir, 'team'), { name, world, act: '', judge });
  const act = "process.stderr.write('it waits now\\n'); await new Promise(() => {});";
  await teamScenario(join(dir, 'team'), { name: 'waits', world, act, judge });
  return ['team/*', '--scenarios', 'team', '--report', 'report', '--jobs', '3'];
}

test('--max-time ends a run in time, with a report of what ran', async () => {
  await using place = await scratch();
  const options = await twoAndOne(place.dir);
  const began = performance.now();
  const { code, out } = await tool(place.dir, 'run', ...options, '--max-time', '6s');
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(code).toBe(3);
  expect(out).toContain('1 of 3 cases did not run: --max-time ran out. As far as it ran, ');
  const { results } = await readRun(join(place.dir, 'report'));
  expect(results.outcomes.map(({ id }) => id).toSorted()).toEqual(['team/first', 'team/second']);
  expect(results.notRun).toEqual({ because: '--max-time ran out', cases: ['team/waits'] });
  const again = await tool(place.dir, 'recheck', 'report', '--scenarios', 'team');
  expect(again.out).toContain('0 of 2 cases are judged otherwise than before.');
  expect(again.code).toBe(3);
});

test.each(['0s', '10', '1d', '-5m', '25h'])('--max-time %s is refused', async (time) => {
  await using place = await scratch();
  const { code, err } = await tool(place.dir, 'run', '--max-time', time);
  expect(err).toMatch(/--max-time takes (a time such as|24h at most)/);
  expect(code).toBe(2);
});

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s leaves a report of what ran, which recheck takes', async (signal, exit) => {
  await using place = await scratch();
  const run = launch(['run', ...(await twoAndOne(place.dir))], { cwd: place.dir });
  await run.says(/it waits now/);
  run.child.kill(signal);
  const { code, err, out } = await run.done;
  expect(code).toBe(exit);
  expect(err).toMatch(new RegExp(`ended by ${signal} before it was complete.*The report of what ran is in`, 's'));
  expect(out).toContain(`did not run: the run was ended by ${signal}.`);
  const { results } = await readRun(join(place.dir, 'report'));
  expect(results.notRun?.cases).toContain('team/waits');
  for (const name of ['report.html', 'junit.xml', 'run.har']) {
    expect(readFileSync(join(place.dir, 'report', name), 'utf8')).not.toBe('');
  }
  const again = await tool(place.dir, 'recheck', 'report', '--scenarios', 'team');
  expect(again.out).toContain(`0 of ${results.outcomes.length} cases are judged otherwise than before.`);
});

test('a reader who goes away ends the run, which is never exit 0', async () => {
  await using place = await scratch();
  const run = launch(['run', ...(await twoAndOne(place.dir))], { cwd: place.dir });
  run.child.stdout?.destroy();
  const { code, err } = await run.done;
  expect(code).toBe(141);
  expect(err).toContain('nobody reads the output any more: stopping subjects and peers');
});
