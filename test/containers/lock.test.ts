import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, utimes, watch, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withStoreLock } from '../../harness/containers/images/lock.ts';
import { isHeld, staleLockFiles, thisProcess } from '../../harness/process/index.ts';

/** How long another may take to look whether the lock is free, in real milliseconds. */
const LIMIT_MS = 60_000;

async function store() {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-lock-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

/** Resolves when somebody has looked whether the lock is free, and gone back to waiting: its own file came and went. */
async function hasTried(dir: string, waiting: () => void): Promise<void> {
  const seen = new Set<string>();
  const events = watch(dir, { signal: AbortSignal.timeout(LIMIT_MS) });
  waiting();
  for await (const { filename } of events) {
    if (!filename?.startsWith('lock.')) continue;
    if (seen.has(filename) && !existsSync(join(dir, filename))) return;
    seen.add(filename);
  }
}

it('lets one after the other in', async () => {
  await using place = await store();
  const order: string[] = [];
  const entered = Promise.withResolvers<void>();
  const inside = Promise.withResolvers<void>();
  const first = withStoreLock(place, async () => {
    order.push('first in');
    entered.resolve();
    await inside.promise;
    order.push('first out');
  });
  await entered.promise;
  let second: Promise<void> | undefined;
  await hasTried(place.dir, () => {
    second = withStoreLock(place, async () => void order.push('second in'));
  });
  inside.resolve();
  await Promise.all([first, second]);
  expect(order).toEqual(['first in', 'first out', 'second in']);
  expect(existsSync(join(place.dir, 'lock'))).toBe(false);
});

it('leaves nothing of an attempt that is given up in its midst', async () => {
  await using place = await store();
  const inside = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const first = withStoreLock(place, () => {
    entered.resolve();
    return inside.promise;
  });
  await entered.promise;
  for (let tries = 0; tries < 20; tries += 1) {
    const giveUp = new AbortController();
    const second = withStoreLock(place, async () => {}, { signal: giveUp.signal });
    const events = watch(place.dir, { signal: AbortSignal.timeout(LIMIT_MS) });
    for await (const { filename } of events) if (filename?.startsWith('lock.')) break;
    giveUp.abort(new Error('given up'));
    await expect(second).rejects.toThrow('given up');
    expect(await readdir(place.dir)).toEqual(['lock']);
  }
  inside.resolve();
  await first;
  expect(await readdir(place.dir)).toEqual([]);
});

it('is free again when the work fails', async () => {
  await using place = await store();
  await expect(withStoreLock(place, () => Promise.reject(new Error('no space')))).rejects.toThrow('no space');
  expect(await withStoreLock(place, async () => 'free')).toBe('free');
});

it('does not wait for a process that is gone', async () => {
  await using place = await store();
  // Larger than any process id may be (proc(5), pid_max).
  await writeFile(join(place.dir, 'lock'), '4194305');
  expect(await withStoreLock(place, async () => 'taken over')).toBe('taken over');
});

it('does not wait for a process whose number another one has now', async () => {
  await using place = await store();
  const { pid, pidNamespace, startTime } = thisProcess();
  await writeFile(join(place.dir, 'lock'), `${pid} pid:[${pidNamespace}] ${startTime - 1}`);
  expect(await withStoreLock(place, async () => 'taken over')).toBe('taken over');
});

it('believes a process of another container as long as that gives signs', async () => {
  await using place = await store();
  const file = join(place.dir, 'lock');
  // Here it is a process that lives.
  await writeFile(file, `${process.pid} pid:[1]`);
  let taken = false;
  let waiting: Promise<void> | undefined;
  await hasTried(place.dir, () => {
    waiting = withStoreLock(place, async () => {
      taken = true;
    });
  });
  expect(taken).toBe(false);
  const aMinuteAgo = new Date(Date.now() - 61_000);
  await utimes(file, aMinuteAgo, aMinuteAgo);
  await waiting;
  expect(taken).toBe(true);
});

it('says for whom it waits, since when, and what to do', async () => {
  await using place = await store();
  const file = join(place.dir, 'lock');
  const { pid, pidNamespace, startTime } = thisProcess();
  await writeFile(file, `${pid} pid:[${pidNamespace}] ${startTime}`);
  const said: string[] = [];
  const stop = new AbortController();
  const waiting = withStoreLock(place, async () => {}, {
    say: (line) => {
      said.push(line);
      stop.abort(new Error('I have heard enough'));
    },
    signal: stop.signal,
  });
  await expect(waiting).rejects.toThrow('I have heard enough');
  expect(said).toEqual([
    expect.stringMatching(
      new RegExp(
        `^waiting for process ${pid} \\(which holds ${file} since [\\d:]{8}; to end it: kill ${pid}\\) to end making images …$`,
      ),
    ),
  ]);
  expect(await readFile(file, 'utf8')).toContain(`${pid} `);
});

it('leaves to be found what a process that was killed while it took the lock had written', async () => {
  await using place = await store();
  const { pid, pidNamespace, startTime } = thisProcess();
  const label = (start: number): string =>
    [...[pid, start, pidNamespace].map((each) => each.toString(36)), '0a1b2c'].join('-');
  const [dead, living] = [startTime - 1, startTime].map((start) => join(place.dir, `lock.${label(start)}.x`));
  for (const file of [dead, living]) await writeFile(file ?? '', '');
  expect(await staleLockFiles(place)).toEqual([dead]);
  expect(await isHeld(place)).toBe(false);
});
