import type { Clock, Release } from './clock.ts';

interface Sleeper {
  readonly wakeAt: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Real milliseconds without a hold before time jumps: lets sockets that are already readable be read first. */
const SETTLE_MS = 2;

/**
 * A clock whose time passes only when nobody does anything real: it then jumps to the next moment somebody waits for.
 * Requests in flight and running programs `hold` it; a peer that keeps a client waiting on purpose `withhold`s.
 * @param startAt the time of day it starts at, in milliseconds since the epoch
 */
export function simulatedClock(startAt: number = Date.now()): Clock {
  let elapsed = 0;
  let holds = 0;
  let order = 0;
  let settling: NodeJS.Timeout | undefined;
  const sleepers = new Set<Sleeper>();

  const next = (): Sleeper | undefined => {
    let first: Sleeper | undefined;
    for (const sleeper of sleepers) {
      if (!first || sleeper.wakeAt < first.wakeAt || (sleeper.wakeAt === first.wakeAt && sleeper.order < first.order)) {
        first = sleeper;
      }
    }
    return first;
  };

  const jump = (): void => {
    settling = undefined;
    if (holds > 0) return;
    const sleeper = next();
    if (!sleeper) return;
    sleepers.delete(sleeper);
    elapsed = Math.max(elapsed, sleeper.wakeAt);
    sleeper.wake();
    settle();
  };

  // Every change starts the settling anew: a jump needs a quiet moment, not merely a moment without holds.
  const settle = (): void => {
    if (settling) clearTimeout(settling);
    settling = holds > 0 || sleepers.size === 0 ? undefined : setTimeout(jump, SETTLE_MS);
  };

  const change = (by: number): Release => {
    let given = false;
    holds += by;
    settle();
    return () => {
      if (given) return;
      given = true;
      holds -= by;
      settle();
    };
  };

  return {
    kind: 'simulated',
    now: () => startAt + elapsed,
    elapsed: () => elapsed,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const giveUp = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          wakeAt: elapsed + Math.max(0, ms),
          order: order++,
          wake: () => {
            signal?.removeEventListener('abort', giveUp);
            resolve();
          },
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        sleepers.add(sleeper);
        settle();
      }),
    hold: () => change(1),
    withhold: () => change(-1),
  };
}
