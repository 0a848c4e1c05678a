import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { childrenOf } from '../../harness/process/index.ts';
import { fileAt, isAlive } from './_system.ts';
import { LAUNCHER, launch, launched, put, ROOT, scratch } from './_tool.ts';

test('works from anywhere, through links and with spaces in their names', async () => {
  await using place = await scratch();
  const away = join(place.dir, 'a directory', 'with spaces');
  await mkdir(away, { recursive: true });
  const link = join(away, 'my proxyproof');
  await symlink(LAUNCHER, join(place.dir, 'first link'));
  await symlink('../../first link', link);
  const { code, out, err } = await launched(['list', 'git/*'], { cwd: away, command: link });
  expect(err).toBe('');
  expect(out).toContain('git/clone-through-proxy');
  expect(code).toBe(0);
});

test('passes on arguments and exit code as they are', async () => {
  const { code, err } = await launched(['list', '* $HOME `id` "x"'], { cwd: ROOT });
  expect(err).toContain('No scenario is called * $HOME `id` "x".');
  expect(code).toBe(2);
});

test('hands over to the Node that the locked packages bring', async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'node_modules/node/package.json'), 'utf8')) as {
    version: string;
  };
  expect((await launched(['doctor'], { cwd: ROOT })).out).toContain(`Node ${version}`);
});

test('stops without a complaint when nobody reads on', async () => {
  const { code, out, err } = await launched(
    ['-c', `"$1" list --cases | head -n 1; echo "\${PIPESTATUS[0]}"`, 'sh', LAUNCHER],
    {
      cwd: ROOT,
      command: 'bash',
    },
  );
  expect(out.split('\n')[1]).toBe('0');
  expect(err).toBe('');
  expect(code).toBe(0);
});

test('without npm it names what is missing and how to get it', async () => {
  await using place = await scratch();
  // A clone whose packages are not installed, on a machine with a shell and nothing else.
  await put(join(place.dir, 'clone', 'package-lock.json'), '{}');
  await put(join(place.dir, 'clone', 'proxyproof'), await readFile(LAUNCHER, 'utf8'), 0o755);
  const bin = join(place.dir, 'bin');
  await mkdir(bin);
  for (const name of ['bash', 'readlink', 'dirname', 'cmp']) await symlink(`/usr/bin/${name}`, join(bin, name));
  const { code, err } = await launched(['list'], {
    cwd: place.dir,
    command: join(place.dir, 'clone', 'proxyproof'),
    env: { PATH: bin },
  });
  expect(err).toMatch(/npm is missing.*Install Node\.js 20 or newer/);
  expect(code).toBe(3);
});

test('installs nothing where node_modules is a link: npm would empty what it leads to', async () => {
  await using place = await scratch();
  await put(join(place.dir, 'clone', 'package-lock.json'), '{}');
  await put(join(place.dir, 'clone', 'proxyproof'), await readFile(LAUNCHER, 'utf8'), 0o755);
  const kept = await put(join(place.dir, 'elsewhere', 'kept'), 'here');
  await symlink(join(place.dir, 'elsewhere'), join(place.dir, 'clone', 'node_modules'));
  const { err } = await launched(['list'], { cwd: place.dir, command: join(place.dir, 'clone', 'proxyproof') });
  expect(err).toContain('node_modules is a link, so nothing is installed in it');
  expect(await readFile(kept, 'utf8')).toBe('here');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s while npm installs ends that too, and leaves no file', async (signal, code) => {
  await using place = await scratch();
  await put(join(place.dir, 'clone', 'package-lock.json'), '{}');
  await put(join(place.dir, 'clone', 'proxyproof'), await readFile(LAUNCHER, 'utf8'), 0o755);
  const started = join(place.dir, 'started');
  await put(join(place.dir, 'bin', 'npm'), `#!/bin/sh\nsleep 86323 &\necho "$$ $!" >${started}\nwait\n`, 0o755);
  const tmp = join(place.dir, 'tmp');
  await mkdir(tmp);
  const run = launch(['-c', '"$1" list; echo "exit $?"', 'bash', join(place.dir, 'clone', 'proxyproof')], {
    cwd: place.dir,
    command: 'bash',
    env: { PATH: `${join(place.dir, 'bin')}:${process.env['PATH']}`, TMPDIR: tmp },
  });
  const pids = (await fileAt(started)).trim().split(' ').map(Number);
  const [launcher = 0] = childrenOf(run.child.pid);
  process.kill(launcher, signal);
  expect((await run.done).out).toBe(`exit ${code}\n`);
  for (const pid of pids) expect(isAlive(pid)).toBe(false);
  expect(await readdir(tmp)).toEqual([]);
});

test('where Node.js would crash for want of files, a sentence says what to raise', async () => {
  await using place = await scratch();
  const { code, err } = await launched(['-c', 'ulimit -n 20; exec "$1" list', 'sh', LAUNCHER], {
    cwd: place.dir,
    command: 'sh',
  });
  expect(err).toMatch(/^proxyproof: this process may open 20 files, .* Raise the limit: ulimit -n 4096/);
  expect(code).toBe(3);
});
