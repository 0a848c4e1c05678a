import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { withStoreLock } from '../../harness/containers/images/lock.ts';
import { thisProcess } from '../../harness/process/index.ts';

async function store() {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-lock-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

it('lets one after the other in', async () => {
  await using place = await store();
  const order: string[] = [];
  const inside = Promise.withResolvers<void>();
  const first = withStoreLock(place, async () => {
    order.push('first in');
    await inside.promise;
    order.push('first out');
  });
  const second = withStoreLock(place, async () => void order.push('second in'));
  inside.resolve();
  await Promise.all([first, second]);
  expect(order).toEqual(['first in', 'first out', 'second in']);
  expect(existsSync(join(place.dir, 'lock'))).toBe(false);
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
  const waiting = withStoreLock(place, async () => {
    taken = true;
  });
  await delay(150);
  expect(taken).toBe(false);
  const aMinuteAgo = new Date(Date.now() - 61_000);
  await utimes(file, aMinuteAgo, aMinuteAgo);
  await waiting;
  expect(taken).toBe(true);
});
