import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, symlinkSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProcess, sharedMemoryName } from '../../harness/process/index.ts';
import { newRunLabel, ownerIsDead, parseRunLabel } from '../../harness/process/run-label.ts';
import { createRunContext } from '../../harness/world/run-context.ts';
import { findStrays, removeStrays } from '../../harness/world/strays.ts';
import { temporaryDirectory } from './stand-ins.ts';

/** The label of a run whose harness, a process that was really there, is gone. */
async function deadLabel(): Promise<string> {
  const child = spawn('/bin/sleep', ['60']);
  await once(child, 'spawn');
  const { pidNamespace } = newRunLabel();
  const parts = [child.pid ?? 0, readProcess(child.pid ?? 0)?.startTime ?? 0, pidNamespace];
  child.kill('SIGKILL');
  await once(child, 'exit');
  return `${parts.map((each) => each.toString(36)).join('-')}-0a1b2c`;
}

/** A program by a name of choice, which waits until its input ends. */
async function script(dir: string, name: string): Promise<string> {
  await writeFile(join(dir, name), '#!/bin/sh\nread -r _\n', { mode: 0o755 });
  return join(dir, name);
}

async function program(env: Record<string, string>, file = '/bin/sleep', args = ['60'], cwd = '/') {
  const child = spawn(file, args, { env, cwd });
  const ended = once(child, 'exit');
  await once(child, 'spawn');
  const stack = new AsyncDisposableStack();
  stack.defer(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { pid: child.pid ?? 0, child, ended, stack };
}

describe('the label of a run', () => {
  it('says whose it is', () => {
    const mine = newRunLabel();
    expect(parseRunLabel(mine.label)).toEqual(mine);
    expect(mine.pid).toBe(process.pid);
    expect(ownerIsDead(mine)).toBe(false);
  });

  it('is dead when its process is gone, when the pid is another process’s, and after a restart', async () => {
    const mine = newRunLabel();
    expect(ownerIsDead({ ...mine, startTime: mine.startTime - 1 })).toBe(true);
    expect(ownerIsDead(mine, 'boot id of another day')).toBe(true);
    const dead = parseRunLabel(await deadLabel());
    expect(dead && ownerIsDead(dead)).toBe(true);
  });

  it('is not said to be dead where that cannot be told', async () => {
    const dead = parseRunLabel(await deadLabel());
    expect(dead && ownerIsDead({ ...dead, pidNamespace: dead.pidNamespace + 1 })).toBe(false);
  });

  it.each(['', 'x', 'ci-1234', '1-2-3-zzzzzz', '1-2-3-abcdef0', '../1-2-3-abcdef'])('is not %j', (text) => {
    expect(parseRunLabel(text)).toBeUndefined();
  });
});

describe('a run', () => {
  it('has a directory of its own that goes with it', async () => {
    await using place = await temporaryDirectory();
    const run = await createRunContext({ root: place.dir });
    expect(run.dir).toBe(join(place.dir, `proxyproof-${run.id}`));
    expect(statSync(run.dir).mode & 0o777).toBe(0o711);
    expect([run.nextWorld(), run.nextWorld()]).toEqual([1, 2]);
    expect(run.ca()).toBe(run.ca());
    expect((await run.ca()).caPem).toContain('BEGIN CERTIFICATE');
    await run[Symbol.asyncDispose]();
    expect(existsSync(run.dir)).toBe(false);
  });

  it('says why it cannot have one', async () => {
    await using place = await temporaryDirectory();
    await writeFile(join(place.dir, 'file'), '');
    await expect(createRunContext({ root: join(place.dir, 'file') })).rejects.toThrow(
      /^The temporary directory of the run cannot be made: ENOTDIR.*set TMPDIR/,
    );
  });
});

describe('strays', () => {
  it('are the directories and processes of runs whose harness is gone, and nothing else', async () => {
    await using place = await temporaryDirectory();
    const root = place.dir;
    await using living = await createRunContext({ root });
    const label = await deadLabel();
    const dead = join(root, `proxyproof-${label}`);
    await mkdir(join(dead, 'world-1'), { recursive: true });
    await writeFile(join(dead, 'world-1', 'file'), 'x');
    const others = ['proxyproof-repositories-x', `other-${label}`, `proxyproof-${label}-x`];
    for (const name of others) await mkdir(join(root, name));
    symlinkSync('/etc', join(root, `proxyproof-${label.slice(0, -6)}ffffff`));

    await using stack = new AsyncDisposableStack();
    const stray = await program({ PROXYPROOF_RUN: label });
    const own = await program({ PROXYPROOF_RUN: living.id });
    const foreign = await program({ PROXYPROOF_RUN: 'a name of the user’s own' });
    const squid = await program({}, await script(root, 'squid'), [], join(dead, 'world-1'));
    const livingSquid = await program({}, join(root, 'squid'), [], living.dir);
    const editor = await program({}, await script(root, 'editor'), ['squid.conf'], join(dead, 'world-1'));
    const alive = [own, foreign, livingSquid, editor];
    for (const each of [stray, squid, ...alive]) stack.use(each.stack);

    const found = findStrays({ root });
    expect(found.directories).toEqual([dead]);
    // Other tests leave strays of their own for a moment.
    const pids = found.processes.filter((each) => each.label === label).map(({ pid }) => pid);
    expect(pids.sort()).toEqual([stray.pid, squid.pid].sort());
    const removed = await removeStrays({ root });
    expect(removed).toEqual(expect.arrayContaining([`process ${stray.pid} (sleep)`, `directory ${dead}`]));
    expect(await stray.ended).toEqual([null, 'SIGKILL']);
    expect(await squid.ended).toEqual([null, 'SIGKILL']);
    expect(existsSync(dead)).toBe(false);
    for (const each of alive) expect(readProcess(each.pid)).toBeDefined();
    expect(existsSync(living.dir)).toBe(true);
    for (const name of others) expect(existsSync(join(root, name))).toBe(true);
    expect(findStrays({ root }).directories).toEqual([]);
  });
});

describe('shared memory', () => {
  it('of a program whose harness is gone is found by its name, and that of a living one is not', async () => {
    const mine = `/dev/shm/${sharedMemoryName()}-cf__queues.shm`;
    const left = `/dev/shm/pproof${(await deadLabel()).replace(/-[^-]*$/, '').replaceAll('-', 'Z')}X1-cf__queues.shm`;
    const strangers = '/dev/shm/proxyproof-of-a-stranger';
    for (const file of [mine, left, strangers]) await writeFile(file, '');
    try {
      expect(findStrays().sharedMemory).toContain(left);
      expect(findStrays().sharedMemory).not.toContain(mine);
      expect(await removeStrays()).toContain(`shared memory ${left}`);
      expect([mine, left, strangers].map(existsSync)).toEqual([true, false, true]);
    } finally {
      for (const file of [mine, left, strangers]) await rm(file, { force: true });
    }
  });
});
