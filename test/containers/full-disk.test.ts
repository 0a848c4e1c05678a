import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explainFullDisk } from '../../harness/containers/images/full-disk.ts';
import { ProgramError } from '../../harness/process/index.ts';
import { machineIsolation } from '../../harness/world/index.ts';
import { launched, ROOT, scratch } from '../cli/_tool.ts';

/** A mount of one's own needs what a namespace needs. */
const canMount = (await machineIsolation()).kind === 'namespace';

test.runIf(canMount).each([
  ['full', 'size=64k,nr_inodes=1', 0],
  ['too small', 'size=20m', 19],
])('images cannot be made on a disk that is %s: says so, where, and how much is needed', async (_, options, free) => {
  await using place = await scratch();
  const script = `mount -t tmpfs -o ${options} tmpfs "$XDG_CACHE_HOME" && exec "$@"`;
  const main = [process.execPath, '--disable-warning=ExperimentalWarning', join(ROOT, 'harness/cli/main.ts')];
  const { code, err } = await launched(['-m', 'sh', '-c', script, 'sh', ...main, 'images', '--build'], {
    cwd: place.dir,
    env: { XDG_CACHE_HOME: place.dir },
    command: 'unshare',
  });
  const store = join(place.dir, 'proxyproof/images');
  expect(err).toContain(
    `The images cannot be made: the disk is too full. ${free} MiB are free for ${store}, and all images take about 3.5 GiB. Free some space, or set XDG_CACHE_HOME`,
  );
  expect(err).not.toContain('mmdebstrap');
  expect(code).toBe(3);
});

const ending = { ended: 'exit', code: 25, signal: null, stdout: '' } as const;
const failed = (stderr: string) =>
  new Error('A Debian image cannot be made from packages.', {
    cause: new ProgramError('mmdebstrap', { ...ending, stderr }, { limitMs: 1, maxLength: 1 }),
  });

test.each([
  ['cp: error writing: No space left on device', /^The images cannot be made: the disk is too full\. \d+ MiB/],
  ['E: Unable to locate package', /^A Debian image cannot be made from packages\.$/],
])('what a tool says of a full disk is found: %s', async (stderr, sentence) => {
  expect((await explainFullDisk(failed(stderr), ROOT)).message).toMatch(sentence);
});
