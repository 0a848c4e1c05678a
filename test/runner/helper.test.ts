import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseHelper } from '../../harness/runner/gitlab-runner/helper.ts';
import { scratch } from '../cli/_tool.ts';

async function program(path: string, mode = 0o755): Promise<string> {
  await writeFile(path, '#!/bin/sh\n');
  await chmod(path, mode);
  return path;
}

test('the helper is the one that is named, else the one beside the runner, else the runner', async () => {
  await using place = await scratch();
  const runner = await program(join(place.dir, 'gitlab-runner'));
  expect(await chooseHelper(runner, undefined)).toEqual({ path: runner, chosen: 'since the runner is its own helper' });
  const beside = await program(join(place.dir, 'gitlab-runner-helper'));
  expect(await chooseHelper(runner, undefined)).toEqual({ path: beside, chosen: 'because it lies beside the runner' });
  const named = await program(join(place.dir, 'other'));
  expect(await chooseHelper(runner, named)).toEqual({ path: named, chosen: 'by --helper' });
});

test('what is no program is no helper', async () => {
  await using place = await scratch();
  const runner = await program(join(place.dir, 'gitlab-runner'));
  await mkdir(join(place.dir, 'gitlab-runner-helper'));
  expect((await chooseHelper(runner, undefined)).path).toBe(runner);
  const plain = await program(join(place.dir, 'plain'), 0o644);
  for (const named of [plain, place.dir, join(place.dir, 'nowhere')]) {
    await expect(chooseHelper(runner, named)).rejects.toThrow(
      `${named} is no executable file: give --helper the path of a gitlab-runner-helper.`,
    );
  }
});
