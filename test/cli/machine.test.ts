import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../harness/cli/exit.ts';
import { jobsWithin, openFilesLimit } from '../../harness/cli/open-files.ts';
import { missingHere } from '../../harness/conformance/index.ts';
import { type Done, launched, put, QUICK, QUICK_CASE, ROOT, scratch } from './_tool.ts';

const MAIN = join(ROOT, 'harness/cli/main.ts');
const NODE = [process.execPath, '--disable-warning=ExperimentalWarning', MAIN];

/** Runs the command line tool below a shell that prepares what the test is about. */
const below = (cwd: string, script: string, args: readonly string[], env: Record<string, string> = {}): Promise<Done> =>
  launched(['-c', `${script}\nexec "$@"`, 'sh', ...NODE, ...args], { cwd, command: 'sh', env });

function expectSentence({ code, err }: Done, sentence: RegExp, exit: number): void {
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/harness itself broke|^\s+at |EMFILE|uv_/m);
  expect(code).toBe(exit);
}

test('too few files: the sentence says what to raise', async () => {
  await using place = await scratch();
  const done = await below(place.dir, 'ulimit -n 64', ['run', QUICK_CASE]);
  expectSentence(done, /may open 64 files, and a run needs 128\. Raise the limit: ulimit -n 4096/, EXIT.environment);
});

test('few files: a run makes do with them', async () => {
  await using place = await scratch();
  const done = await below(place.dir, 'ulimit -n 128', ['run', QUICK, '--jobs', '64']);
  expect(done.err).toBe('');
  expect(done.code).toBe(EXIT.ok);
});

test('no more cases are under way than files can be opened for', () => {
  const limits =
    'Limit   Soft Limit   Hard Limit   Units\nMax open files            1024                 4096                 files \n';
  expect(openFilesLimit(limits)).toBe(1024);
  expect(openFilesLimit('')).toBe(Number.POSITIVE_INFINITY);
  expect(jobsWithin(1024, 500)).toBe(30);
  expect(jobsWithin(1024, 4)).toBe(4);
  expect(jobsWithin(Number.POSITIVE_INFINITY, 500)).toBe(500);
  expect(() => jobsWithin(127, 1)).toThrow('may open 127 files');
});

test.each(['/proc/self', '/proc/1', '/proc/sys/kernel'])('TMPDIR=%s is a sentence, and soon', async (TMPDIR) => {
  await using place = await scratch();
  const done = await below(place.dir, '', ['run', QUICK_CASE], { TMPDIR });
  expectSentence(
    done,
    /The temporary directory of the run cannot be made: .* set TMPDIR to a directory/,
    EXIT.environment,
  );
});

test.each([
  [
    'images',
    ['images', '--build'],
    /Images cannot be kept in \/proc\/1\/x\/\.cache.* Set XDG_CACHE_HOME to a directory/,
  ],
  [
    'a downloaded runner',
    ['run', QUICK_CASE, '--runner', '17.11.4'],
    /A downloaded runner cannot be kept in \/proc\/1\/x/,
  ],
])('a home below /proc: no place for %s is a sentence, and soon', async (_, args, sentence) => {
  await using place = await scratch();
  expectSentence(
    await below(place.dir, '', args, { HOME: '/proc/1/x', XDG_CACHE_HOME: '' }),
    sentence,
    EXIT.environment,
  );
});

test('a home below /proc is no trouble for who keeps nothing there', async () => {
  await using place = await scratch();
  const done = await below(place.dir, '', ['run', QUICK_CASE], { HOME: '/proc/1/x', XDG_CACHE_HOME: '' });
  expect(done.code).toBe(EXIT.ok);
});

test.runIf(missingHere('docker') === undefined)(
  'a TMPDIR too long for the socket of an engine is told before the first case',
  async () => {
    await using place = await scratch();
    const TMPDIR = join(place.dir, 'x'.repeat(60));
    await mkdir(TMPDIR);
    const done = await below(place.dir, '', ['run', 'docker/config-json-host'], { TMPDIR });
    expectSentence(
      done,
      /socket would be .*docker\.sock, which is \d+ bytes longer than .* Set TMPDIR to a directory/,
      EXIT.environment,
    );
    // Who needs no engine needs no socket.
    expect((await below(place.dir, '', ['run', QUICK_CASE], { TMPDIR })).code).toBe(EXIT.ok);
  },
);

/** To become somebody without an entry in /etc/passwd takes root. */
const nobody = process.getuid?.() === 0;
const AS_NOBODY = 'unset HOME XDG_CACHE_HOME\nset -- setpriv --reuid 54321 --regid 54321 --clear-groups "$@"';

test.runIf(nobody)('a user id without an entry and without HOME is told what to set, and runs with it', async () => {
  await using place = await scratch();
  await mkdir(join(place.dir, 'open'));
  const open = `chmod 755 . && chmod 777 open\n${AS_NOBODY}`;
  const run = ['run', QUICK_CASE, '--report', 'open/report'];
  const done = await below(place.dir, open, run);
  expectSentence(
    done,
    /HOME is not set, and user id 54321 has no entry in \/etc\/passwd\. Set HOME or XDG_CACHE_HOME/,
    EXIT.environment,
  );
  expectSentence(await below(place.dir, open, ['clean']), /user id 54321 has no entry/, EXIT.environment);
  const set = await below(place.dir, open.replace('set --', 'set -- env XDG_CACHE_HOME=/proc/1/x'), run);
  expect(set.code).toBe(EXIT.ok);
});

test.each([
  ['list', ['list'], EXIT.environment],
  ['check', ['check', 'config.toml'], EXIT.environment],
  ['run', ['run', QUICK_CASE, '--report', 'report'], EXIT.environment],
])('%s says that its output cannot be written, and never exits with 0', async (_, args, exit) => {
  await using place = await scratch();
  await put(join(place.dir, 'config.toml'), '');
  const done = await below(place.dir, 'exec >/dev/full', args);
  expectSentence(done, /^proxyproof: the output cannot be written: ENOSPC: no space left on device/m, exit);
  expect(done.err.match(/cannot be written/g)).toHaveLength(1);
});
