import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { machineClock } from '../../harness/clock/index.ts';
import { exists, ProgramError, probe, run } from '../../harness/process/index.ts';

const LIMIT_MS = 30_000;
const sh = (script: string, options: Partial<Parameters<typeof run>[2]> = {}) =>
  run('/bin/sh', ['-c', script], { limitMs: LIMIT_MS, ...options });

async function place() {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-run-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

/** The number of a process that a script wrote into a file, when it is there; whether that process goes is awaited. */
const isGone = async (file: string): Promise<true> => {
  const pid = Number(await readFile(file, 'utf8'));
  return machineClock.until(LIMIT_MS, `the end of process ${pid}`, () => (exists(pid) ? undefined : true));
};

describe('run', () => {
  it('gives what a program prints, as it is', async () => {
    expect(await sh('printf "out\\n\\n"; echo err >&2')).toEqual({ stdout: 'out\n\n', stderr: 'err\n' });
  });

  it('gives it what it reads, its directory, and no environment but its own', async () => {
    await using here = await place();
    expect((await sh('cat', { input: 'it’s\n' })).stdout).toBe('it’s\n');
    const write = async (stdin: NodeJS.WritableStream): Promise<void> => void stdin.write('written');
    expect((await sh('cat', { input: write })).stdout).toBe('written');
    expect((await sh('cat')).stdout).toBe('');
    expect((await sh('pwd; echo "$HOME-$MARK"', { cwd: here.dir, env: { MARK: 'm' } })).stdout).toBe(
      `${here.dir}\n-m\n`,
    );
  });

  it('says how a program failed and what it said last, and not its arguments', async () => {
    const failure = await sh('echo some; echo "no such secret." >&2; exit 3').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProgramError);
    expect(failure).toMatchObject({
      message: 'sh failed (exit code 3): no such secret.',
      ended: 'exit',
      code: 3,
      signal: null,
      stdout: 'some\n',
      stderr: 'no such secret.\n',
    });
    await expect(sh('kill -9 $$', { name: 'The shell' })).rejects.toThrow('The shell failed (SIGKILL).');
  });

  it('says of a program that reads nothing how it ended', async () => {
    const endless = async (stdin: NodeJS.WritableStream): Promise<void> => {
      for (;;) if (!stdin.write('x'.repeat(65_536))) await new Promise((resolve) => stdin.once('drain', resolve));
    };
    await expect(sh('exec 0<&-; echo closed >&2; exit 4', { input: endless })).rejects.toThrow(
      'sh failed (exit code 4): closed.',
    );
  });

  it('says why a program cannot be started', async () => {
    const options = { limitMs: LIMIT_MS };
    await expect(run('/no/such/program', [], options)).rejects.toThrow(/^program could not be started: .*ENOENT/);
    await expect(run('/bin/sh\0', [], options)).rejects.toThrow(/could not be started: .*null bytes/);
  });

  it('ends one that takes too long, and what it has started', async () => {
    await using here = await place();
    const script = 'sleep 600 & echo $! >child; sleep 600';
    await expect(sh(script, { cwd: here.dir, limitMs: 300 })).rejects.toThrow(
      'sh did not end within 0.3 s and was killed.',
    );
    if (existsSync(join(here.dir, 'child'))) await isGone(join(here.dir, 'child'));
  });

  it('ends what a program leaves behind that holds its output', async () => {
    await using here = await place();
    expect((await sh('sleep 600 & echo $! >child; echo done', { cwd: here.dir })).stdout).toBe('done\n');
    await isGone(join(here.dir, 'child'));
  });

  it('bounds what is printed', async () => {
    await expect(sh('while :; do echo text; done', { maxLength: 1000 })).rejects.toThrow(
      'sh printed more than 1000 characters and was killed.',
    );
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    const running = sh('sleep 600', { signal: stop.signal });
    stop.abort(new Error('interrupted'));
    await expect(running).rejects.toThrow('interrupted');
    await expect(sh('true', { signal: stop.signal })).rejects.toThrow('interrupted');
  });
});

describe('probe', () => {
  const ask = (path: string, ...args: string[]) => probe({ path, args, limitMs: LIMIT_MS });

  it('never throws', async () => {
    expect(await ask('/bin/sh', '-c', 'echo 1.2; exit 5')).toMatchObject({ ended: 'exit', code: 5, stdout: '1.2\n' });
    expect(await ask('/no/such/program')).toMatchObject({
      ended: 'not-started',
      reason: expect.stringMatching(/ENOENT/),
    });
    expect(await ask('/bin/sh\0')).toMatchObject({ ended: 'not-started', reason: expect.stringMatching(/null bytes/) });
    expect(await ask('/bin/sh', 'x'.repeat(4 * 2 ** 20))).toMatchObject({
      ended: 'not-started',
      reason: expect.stringMatching(/E2BIG/),
    });
    expect(await ask('/bin/sh', '-c', 'yes')).toMatchObject({ ended: 'flood' });
    expect(await probe({ path: '/bin/sleep', args: ['600'], limitMs: 50 })).toMatchObject({ ended: 'late' });
  });
});
