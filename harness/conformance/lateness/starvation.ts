import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Starved } from './slowdown.ts';

/** Told when programs wait for a CPU. */
export type StarvationListener = (starved: Starved) => void;

const listeners = new Set<StarvationListener>();
let worker: Worker | undefined;

/**
 * Has a thread find out whether programs get a CPU. One thread looks for all runs of this process: each would cost as much
 * again as the first, and see the same.
 * @returns what ends that; the thread ends with the last listener
 */
export function watchStarvation(listener: StarvationListener): () => void {
  listeners.add(listener);
  worker ??= start();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    void worker?.terminate();
    worker = undefined;
  };
}

function start(): Worker {
  const started = new Worker(new URL(`./burst${extname(import.meta.url)}`, import.meta.url));
  started.unref();
  started.on('message', (starved: Starved) => {
    for (const each of listeners) each(starved);
  });
  // Without it nothing is known of other programs; that is no reason to end the run.
  started.on('error', () => {});
  return started;
}
