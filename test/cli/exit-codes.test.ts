import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readResults } from '../../harness/report/index.ts';
import { teamScenario } from './_team.ts';
import { MUTANT, put, QUICK_CASE, scratch, tool } from './_tool.ts';

const mutant = ['--runner', `reference:${MUTANT}`];

/** Runs the quick case in a scratch directory. */
async function quick(dir: string, ...options: string[]) {
  return tool(dir, 'run', QUICK_CASE, ...options);
}

/** An expectations file that knows the mutant's deviation. */
const known = (dir: string, id = QUICK_CASE) =>
  put(join(dir, 'expect.yaml'), `- id: ${JSON.stringify(id)}\n  reason: it does not wait\n`);

test('0: the reference runner passes, and the reports are there', async () => {
  await using place = await scratch();
  const { code, out, err } = await quick(place.dir);
  // A run of another test may have been killed, and this one removes what is left of it.
  expect(err.replaceAll(/^proxyproof: removed what an earlier run left: .*\n/gm, '')).toBe('');
  expect(out).toContain('1 pass');
  expect(code).toBe(0);
  const results = await readResults(join(place.dir, 'runs', 'latest'));
  expect(results.totals).toMatchObject({ cases: 1, pass: 1, unexpected: 0 });
});

test('0: a failure that the expectations file knows', async () => {
  await using place = await scratch();
  const { code, out } = await quick(place.dir, ...mutant, '--verbose', '--expect', await known(place.dir));
  expect(out).toContain('it does not wait');
  expect(code).toBe(0);
});

test('1: a mutant fails, and the summary says requirement, expected, observed and how to run it again', async () => {
  await using place = await scratch();
  const { code, out } = await quick(place.dir, ...mutant);
  expect(code).toBe(1);
  expect(out).toContain(QUICK_CASE);
  expect(out).toContain('Handling rate limited requests');
  for (const word of ['expected', 'observed']) expect(out.toLowerCase()).toContain(word);
  expect(out).toMatch(/proxyproof run .*rate-limit\/reset-time-valid\[body=json\].*--runner reference:/);
});

test('1: an expected failure that passes', async () => {
  await using place = await scratch();
  const { code, out } = await quick(place.dir, '--expect', await known(place.dir));
  expect(out).toMatch(/expects fail .*but the outcome was pass/);
  expect(code).toBe(1);
});

test('1: an entry of the expectations file that means nothing', async () => {
  await using place = await scratch();
  const { code, out } = await quick(place.dir, '--expect', await known(place.dir, 'rate-limit/gone'));
  expect(out).toContain('rate-limit/gone');
  expect(code).toBe(1);
});

test('1 with --strict, 0 without: a missed recommendation', async () => {
  await using place = await scratch();
  await teamScenario(place.dir, {
    name: 'advice',
    level: 'O',
    judge: `return [{ verdict: 'fails', expected: 'tea', observed: 'coffee', evidence: [1] }];`,
  });
  const run = (...more: string[]) => tool(place.dir, 'run', 'team/*', '--scenarios', place.dir, ...more);
  expect((await run()).code).toBe(0);
  expect((await run('--strict')).code).toBe(1);
});

test('3: a runner that is not there', async () => {
  await using place = await scratch();
  for (const [runner, sentence] of [
    ['no-such-runner', 'There is no program called no-such-runner on PATH'],
    ['./no/such/runner', 'There is no file'],
  ] as const) {
    const { code, err } = await quick(place.dir, '--runner', runner);
    expect(err).toContain(sentence);
    expect(code).toBe(3);
  }
});

test('2: a program that is no runner', async () => {
  await using place = await scratch();
  const { code, err } = await quick(place.dir, '--runner', '/bin/echo');
  expect(err).toMatch(/\/bin\/echo is no runner I know/);
  expect(code).toBe(2);
});

test('3: a report directory that cannot be written, before anything runs', async () => {
  await using place = await scratch();
  const file = await put(join(place.dir, 'file'), '');
  const { code, err } = await quick(place.dir, '--report', join(file, 'report'));
  expect(err).toMatch(/Cannot make the report directory .*: a part of the path is no directory/);
  expect(code).toBe(3);
});

test('3: every case is skipped, because the subject cannot do what is asked', async () => {
  await using place = await scratch();
  const python = await put(join(place.dir, 'python3'), '#!/bin/sh\necho 14.3.20\n', 0o755);
  const usage = `echo 'usage: ${python} -m GitlabPyRunner [-h]' >&2`;
  const runner = await put(join(place.dir, 'gitlab-runner.py'), `#!/bin/sh\n${usage}\nexit 2\n`, 0o755);
  const { code, out, err } = await tool(
    place.dir,
    'run',
    'polling/through-proxy[request=verify][proxy=basic]',
    '--runner',
    runner,
  );
  expect(out).toContain('it has no verify command');
  expect(err).toContain('every case was skipped');
  expect(code).toBe(3);
});

test.each([
  ['whose act throws', { act: `throw new Error('the tea is cold');` }, 'the tea is cold'],
  ['whose judge breaks', { judge: `return evidence.nothing.at(0);` }, 'The judge of team/broken broke'],
  ['that judges nothing', { judge: 'return [];' }, 'judged nothing'],
  ['whose world cannot be built', { world: `{ gitlab: { jobs: [{ repository: 'no/such' }] } }` }, 'could not be built'],
])("4: a team's scenario %s is the harness' fault, not the subject's", async (_, broken, sentence) => {
  await using place = await scratch();
  await teamScenario(place.dir, { name: 'broken', ...broken });
  const { code, out } = await tool(place.dir, 'run', 'team/broken', '--scenarios', place.dir);
  expect(out).toContain(sentence);
  expect(code).toBe(4);
  expect((await readResults(join(place.dir, 'runs', 'latest'))).totals).toMatchObject({ error: 1 });
});

test('2 or 3, never a stack trace: a run to recheck or merge that is none', async () => {
  await using place = await scratch();
  await mkdir(join(place.dir, 'empty'));
  for (const verb of ['recheck', 'merge']) {
    const { code, err } = await tool(place.dir, verb, 'empty');
    expect(err).toMatch(/Cannot read .*results\.json: it does not exist/);
    expect(code).toBe(3);
  }
});
