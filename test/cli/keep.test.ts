import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectNothingLeft, runDirectoryOf } from './_system.ts';
import { launch, MUTANT, QUICK_CASE, scratch } from './_tool.ts';

test('--keep leaves the world of a failure up and says how to look at it, until Ctrl-C', async () => {
  await using place = await scratch();
  const run = launch(['run', QUICK_CASE, '--keep', '--runner', `reference:${MUTANT}`], { cwd: place.dir });
  await run.says(/Press Ctrl-C when you are done/);
  expect(run.err()).toContain(`The world of ${QUICK_CASE} is still up`);
  // The report is there to look at meanwhile.
  expect(existsSync(join(place.dir, 'runs', 'latest', 'report.html'))).toBe(true);
  const [, files = ''] = await run.says(/files +(\S+)/);
  expect(existsSync(files)).toBe(true);
  const [, url = ''] = await run.says(/GitLab +(http:\S+)/);
  expect((await fetch(`${url}/api/v4/version`)).status).toBe(404);

  run.child.kill('SIGINT');
  const { code } = await run.done;
  expect(code).toBe(1);
  expect(existsSync(runDirectoryOf(files))).toBe(false);
  await expectNothingLeft(files);
});

test('--keep ends by itself when nothing failed', async () => {
  await using place = await scratch();
  const run = launch(['run', QUICK_CASE, '--keep'], { cwd: place.dir });
  expect((await run.done).code).toBe(0);
  expect(run.err()).not.toContain('Ctrl-C');
});
