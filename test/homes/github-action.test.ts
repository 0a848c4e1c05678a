import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readResults } from '../../harness/report/index.ts';
import { MUTANT, put, QUICK_CASE, scratch } from '../cli/_tool.ts';
import { actionDocument, actionInputs, useAction } from './_github.ts';
import { inputsOf, TWO_CASES } from './_gitlab.ts';
import { published } from './_schema.ts';

/** The machine's packages are nobody's matter here. */
const env = { PROXYPROOF_NO_INSTALL: '1' };

test('the action is as its schema says, and takes what the component takes', () => {
  const misfits = published('github-action');
  expect(misfits(actionDocument)).toEqual([]);
  expect(misfits({ name: 'x', description: 'x', runs: { using: 'composite' } })).not.toEqual([]);
  // Where jobs come from, and what is installed, is the workflow's and the checkout's.
  const gitlabs = ['job-name', 'stage', 'rules', 'version'];
  expect(actionInputs).toEqual(expect.arrayContaining(Object.keys(inputsOf).filter((each) => !gitlabs.includes(each))));
});

test('it runs the suite, tells of the report, and uploads nothing unless it is asked to', async () => {
  await using place = await scratch();
  await put(join(place.dir, 'known deviations.yaml'), '[]\n');
  const given = {
    runner: 'reference',
    families: QUICK_CASE,
    expect: 'known deviations.yaml',
    strict: 'true',
    profile: '18.3',
  };
  const passed = await useAction(place.dir, given, { env });
  expect(passed, passed.out).toMatchObject({
    failed: false,
    outputs: { report: 'proxyproof-report', 'exit-code': '0' },
    used: [],
  });
  expect(await readResults(join(place.dir, 'proxyproof-report'))).toMatchObject({
    environment: { command: expect.stringMatching(/--profile 18\.3 --expect 'known deviations\.yaml' --strict/) },
  });

  const failed = await useAction(
    place.dir,
    { runner: `reference:${MUTANT}`, families: QUICK_CASE, report: 'other', upload: 'behind a proxy' },
    { env },
  );
  expect(failed, failed.out).toMatchObject({
    failed: true,
    outputs: { report: 'other', 'exit-code': '1' },
    used: [
      { uses: expect.stringMatching(/^actions\/upload-artifact@/), with: { name: 'behind a proxy', path: 'other' } },
    ],
  });
});

test('shards of a matrix do not fail for what they find, and the job that merges them does', async () => {
  await using place = await scratch();
  const shards = { runner: `reference:${MUTANT}`, families: TWO_CASES, shards: '2' };
  await mkdir(join(place.dir, 'shards'));
  for (const matrix of [0, 1]) {
    const report = `shards/${matrix}`;
    const { failed, outputs, out } = await useAction(place.dir, { ...shards, report }, { matrix, env });
    expect({ failed, outputs }, out).toEqual({ failed: false, outputs: { report, 'exit-code': '1' } });
  }
  const idsOf = async (dir: string) => (await readResults(join(place.dir, dir))).outcomes.map(({ id }) => id);
  const [first, second] = [await idsOf('shards/0'), await idsOf('shards/1')];
  expect([first, second].map((each) => each?.length)).toEqual([1, 1]);
  const merged = await useAction(place.dir, { merge: 'shards' }, { env });
  expect(merged, merged.out).toMatchObject({ failed: true, outputs: { 'exit-code': '1' } });
  expect((await idsOf('proxyproof-report')).toSorted()).toEqual([...first, ...second].toSorted());
});

test('without a runner it says what is missing, and wrong usage fails a shard, too', async () => {
  await using place = await scratch();
  const nothing = await useAction(place.dir, {}, { env });
  expect(nothing.out).toContain('the input runner is missing');
  expect(nothing.failed).toBe(true);
  const wrong = await useAction(
    place.dir,
    { runner: 'reference', families: 'no-such', shards: '2', shard: '2' },
    { env },
  );
  expect(wrong).toMatchObject({ failed: true, outputs: { 'exit-code': '2' } });
});
