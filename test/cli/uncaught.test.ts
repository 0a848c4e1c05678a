import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../harness/cli/exit.ts';
import { readResults } from '../../harness/report/index.ts';
import { POLLS, teamScenario } from './_team.ts';
import { type Done, launched, ROOT, scratch } from './_tool.ts';

const MAIN = join(ROOT, 'harness/cli/main.ts');
const cli = (cwd: string, ...args: string[]): Promise<Done> =>
  launched(['--disable-warning=ExperimentalWarning', MAIN, ...args], { cwd, command: process.execPath });

test.each([
  ['a promise that nobody awaits', `Promise.reject(new Error('boom'));`],
  ['a promise rejected later', `setTimeout(() => Promise.reject(new Error('boom')), 20);`],
  ['a callback that throws', `setTimeout(() => { throw new Error('boom'); }, 20);`],
  ['an event that nobody handles', `(await import('node:net')).connect('/boom');`],
  ['something that is no error', `Promise.reject('boom');`],
])('%s makes its case an error at once, and the run goes on', async (_, fault) => {
  await using place = await scratch();
  await teamScenario(place.dir, { name: 'breaks', act: `${fault}\nawait new Promise(() => {});` });
  await teamScenario(place.dir, { name: 'holds', act: POLLS });
  const done = await cli(place.dir, 'run', 'team/*', '--scenarios', place.dir, '--report', 'report');
  const { outcomes } = await readResults(join(place.dir, 'report'));
  expect(Object.fromEntries(outcomes.map(({ id, outcome }) => [id, outcome]))).toEqual({
    'team/breaks': 'error',
    'team/holds': 'pass',
  });
  expect(outcomes[0]?.reason).toMatch(/^An error was not caught: .*boom.*\. Await every promise of the scenario/);
  expect(done.err).not.toMatch(/harness itself broke|^\s+at /m);
  expect(done.code).toBe(EXIT.harness);
});

test('an error that comes when its case has passed makes it an error all the same, and recheck says so, too', async () => {
  await using place = await scratch();
  // A finding points to an event of its own case.
  const judge = `return [{ verdict: 'holds', expected: 'it', observed: 'it', evidence: [evidence.events[0].seq] }];`;
  const late = `setTimeout(() => { throw new Error('late boom'); }, 1500);`;
  await teamScenario(place.dir, { name: 'breaks', act: late, judge });
  await teamScenario(place.dir, {
    name: 'holds',
    act: 'await new Promise((resolve) => setTimeout(resolve, 4000));',
    judge,
  });
  const done = await cli(place.dir, 'run', 'team/*', '--scenarios', place.dir, '--report', 'report');
  expect(done.out).toContain('pass    team/breaks');
  const { outcomes } = await readResults(join(place.dir, 'report'));
  expect(outcomes.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['team/breaks', 'error'],
    ['team/holds', 'pass'],
  ]);
  expect(outcomes[0]?.reason).toContain(`late boom (${join(place.dir, 'breaks.mjs')}:`);
  expect(done.code).toBe(EXIT.harness);
  const again = await cli(place.dir, 'recheck', 'report', '--scenarios', place.dir);
  expect(`${again.out}${again.err}`).toContain('late boom');
  expect(again.code).toBe(EXIT.harness);
});
