import { parentPort } from 'node:worker_threads';
import { Slowdown } from './slowdown.ts';

/** How often a piece of work is done, in milliseconds. */
const PERIOD_MS = 400;
/** How much work, in milliseconds of a CPU: more than a scheduler lets a newcomer have at once. */
const WORK_MS = 8;

/** Works for a while. @returns how long it took, and how much of it was work, both in milliseconds */
function work(): { tookMs: number; workedMs: number } {
  const began = performance.now();
  const before = process.threadCpuUsage();
  let workedMs = 0;
  while (workedMs < WORK_MS) {
    for (let i = 0; i < 10_000; i++) Math.sqrt(i);
    const { user, system } = process.threadCpuUsage(before);
    workedMs = (user + system) / 1000;
  }
  return { tookMs: performance.now() - began, workedMs };
}

// Runs in a thread of its own, so that the kernel treats it like any other program's.
const slowdown = new Slowdown();
work();
setInterval(() => {
  const { tookMs, workedMs } = work();
  const starved = slowdown.add(performance.now(), tookMs / workedMs);
  if (starved) parentPort?.postMessage(starved);
}, PERIOD_MS);
