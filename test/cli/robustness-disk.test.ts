import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineIsolation } from '../../harness/world/index.ts';
import { digestOf } from './_system.ts';
import { LAUNCHER, launched, put, QUICK, QUICK_CASE, scratch } from './_tool.ts';

/** A mount of one's own needs what a namespace needs. */
const canMount = (await machineIsolation()).kind === 'namespace';

/** Runs the launcher with a small file system of its own at `report`, as the test's options say. */
async function runWithDisk(dir: string, options: string, ...args: string[]) {
  await mkdir(join(dir, 'disk'), { recursive: true });
  const script = `mount -t tmpfs -o ${options} tmpfs "$1" && shift && exec "$@"`;
  const command = [LAUNCHER, 'run', ...args];
  return launched(['-m', 'sh', '-c', script, 'sh', join(dir, 'disk'), ...command], { cwd: dir, command: 'unshare' });
}

test.runIf(canMount).each([
  [
    'already full',
    'size=64k,nr_inodes=1',
    [QUICK_CASE],
    /Cannot make the report directory .*: the disk is full \(ENOSPC\)/,
  ],
  ['too small for the ledger', 'size=16k', [QUICK], /The ledger cannot be written to .*ENOSPC/],
  [
    'too small for the report',
    'size=48k',
    [QUICK_CASE],
    /Cannot write .*: the disk is full \(ENOSPC\)\. Free some space/,
  ],
  ['read-only', 'ro', [QUICK_CASE], /Cannot make the report directory .*: the file system is read-only/],
])('3: a disk that is %s', async (_, options, args, sentence) => {
  await using place = await scratch();
  const { code, err } = await runWithDisk(place.dir, options, ...args, '--report', 'disk/report');
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/^\s+at /m);
  expect(code).toBe(3);
});

test('3: no room for temporary files', async () => {
  await using place = await scratch();
  const TMPDIR = join(await put(join(place.dir, 'file'), ''), 'tmp');
  const { code, err } = await launched(['run', QUICK_CASE], { cwd: place.dir, env: { TMPDIR } });
  expect(err).toMatch(/temporary directory of the run cannot be made: .* set TMPDIR/);
  expect(code).toBe(3);
});

test('nothing is changed but the report and temporary files', async () => {
  await using place = await scratch();
  const HOME = join(place.dir, 'home');
  await put(join(HOME, '.gitconfig'), '[user]\n\tname = Somebody\n');
  await put(join(HOME, '.docker', 'config.json'), '{"proxies":{}}\n');
  const work = join(place.dir, 'work');
  await mkdir(work);
  const watched = [
    '/etc/hosts',
    '/etc/resolv.conf',
    '/etc/gitconfig',
    '/etc/squid',
    HOME,
    join(homedir(), '.gitconfig'),
  ];
  const before = digestOf(...watched);
  const cases = [QUICK_CASE, 'git/clone-through-proxy[proxy=basic]', 'polling/job-lifecycle'];
  const { code, out } = await launched(['run', ...cases, '--report', 'report'], {
    cwd: work,
    env: { HOME },
  });
  expect(out).toContain('as expected');
  expect(code).toBe(0);
  expect(digestOf(...watched)).toBe(before);
  expect(existsSync(join(HOME, '.cache'))).toBe(false);
});
