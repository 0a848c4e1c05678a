import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contendersOf } from '../../../harness/cli/versions/contenders.ts';
import { put, scratch } from '../_tool.ts';

const PROGRAM = '#!/bin/sh\n';

async function place() {
  const { dir, [Symbol.asyncDispose]: dispose } = await scratch();
  for (const version of ['17.9.0', '17.10.0', '16.1.0'])
    await put(join(dir, 'bin', `gitlab-runner-${version}`), PROGRAM, 0o755);
  await put(join(dir, 'bin', 'gitlab-runner-helper-17.10.0'), PROGRAM, 0o755);
  await put(join(dir, 'bin', 'gitlab-runner-9.9.9'), 'no program', 0o644);
  await put(join(dir, 'runs', 'one', 'results.json'), '{}');
  await put(join(dir, 'runs', 'two', 'results.json'), '{}');
  await mkdir(join(dir, 'empty'));
  await mkdir(join(dir, 'runs', 'under-way'));
  const terminal = { cwd: dir, env: { XDG_CACHE_HOME: join(dir, 'cache') } };
  const read = async (...words: string[]) =>
    (
      await contendersOf(words, {
        terminal,
        binaries: 'bin',
        fromImage: async (image) => join(dir, 'of', image.replaceAll(/\W/g, '-')),
      })
    ).map((each) =>
      each.is === 'stored'
        ? `run ${each.label}`
        : `${each.label} = ${each.runner.replace(dir, '')}${each.helper ? ` + ${each.helper.replace(dir, '')}` : ''}`,
    );
  return { dir, terminal, read, [Symbol.asyncDispose]: dispose };
}

describe('words for contenders', () => {
  it('are versions, at hand or to be downloaded, ranges and latest', async () => {
    await using here = await place();
    expect(await here.read('v17.10.0', '18.0.0')).toEqual([
      '17.10.0 = /bin/gitlab-runner-17.10.0 + /bin/gitlab-runner-helper-17.10.0',
      '18.0.0 = 18.0.0',
    ]);
    expect(await here.read('16.1.0..latest')).toEqual([
      '16.1.0 = /bin/gitlab-runner-16.1.0',
      '17.9.0 = /bin/gitlab-runner-17.9.0',
      '17.10.0 = /bin/gitlab-runner-17.10.0 + /bin/gitlab-runner-helper-17.10.0',
    ]);
    // Ends that are not at hand are downloaded; between them is what is here.
    expect(await here.read('14.10.1..17.9.5')).toEqual([
      '14.10.1 = 14.10.1',
      '16.1.0 = /bin/gitlab-runner-16.1.0',
      '17.9.0 = /bin/gitlab-runner-17.9.0',
      '17.9.5 = 17.9.5',
    ]);
    await put(
      join(here.dir, 'cache', 'proxyproof', `gitlab-runner-linux-amd64-18.2.1-${'a'.repeat(64)}`),
      PROGRAM,
      0o755,
    );
    expect(await here.read('latest')).toEqual(['18.2.1 = 18.2.1']);
  });

  it('are subjects of the suite, programs, images and stored runs, once each', async () => {
    await using here = await place();
    expect(await here.read('reference', 'reference:late', './bin/gitlab-runner-17.9.0', '17.9.0')).toEqual([
      'reference = reference',
      'reference:late = reference:late',
      '17.9.0 = /bin/gitlab-runner-17.9.0',
    ]);
    expect(await here.read('gitlab/gitlab-runner:v17.11.4', 'gitlab-runner')).toEqual([
      'gitlab/gitlab-runner:v17.11.4 = /of/gitlab-gitlab-runner-v17-11-4',
      'gitlab-runner = gitlab-runner',
    ]);
    for (const words of [
      ['runs'],
      ['runs/*'],
      [join(here.dir, 'run?/*/')],
      ['runs/one', 'runs/two/results.json', 'runs/one/'],
    ])
      expect(await here.read(...words)).toEqual(['run runs/one', 'run runs/two']);
  });

  it('are refused in a sentence when they stand for nothing', async () => {
    await using here = await place();
    await expect(here.read('17.10.0..16.1.0')).rejects.toThrow('17.10.0 is newer than 16.1.0');
    await expect(here.read('empty')).rejects.toThrow('no directory of a run');
    await expect(here.read('emp*')).rejects.toThrow('no directory of a run');
    await expect(here.read('nothing/*')).rejects.toThrow('Nothing here is matched by nothing/*');
    await expect(here.read('./nothing')).rejects.toThrow('There is nothing at');
    const { terminal } = here;
    await expect(contendersOf(['latest'], { terminal })).rejects.toThrow('no gitlab-runner here that latest could be');
    await expect(contendersOf(['17.9.0'], { terminal, binaries: 'empty' })).rejects.toThrow('has no executable file');
  });
});
