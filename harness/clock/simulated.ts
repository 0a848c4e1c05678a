import type { Clock, Release } from './clock.ts';
import { until } from './until.ts';
import { within } from './within.ts';

interface Sleeper {
  readonly wakeAt: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Real milliseconds without a hold before time jumps. */
const SETTLE_MS = 2;

/**
 * Turns of the event loop after that, each of which reads what sockets have: a timer alone would fire first of all in a
 * loop that was busy, before the end of a connection has passed from one peer to the next.
 */
const QUIET_TURNS = 6;

/**
 * A clock that stands still while anything real goes on; otherwise it jumps to the next moment that somebody waits for.
 * Requests in flight and running programs `hold` it; a peer that keeps a client waiting on purpose `withhold`s.
 * @param startAt the time of day it starts at, in milliseconds since the epoch
 */
export function simulatedClock(startAt: number = Date.now()): Clock {
  let elapsed = 0;
  let holds = 0;
  let order = 0;
  let settling: NodeJS.Timeout | undefined;
  /** Counts the changes, so that a jump in preparation sees that there was one. */
  let changes = 0;
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

  const prepare = (seen: number, turns: number): void => {
    if (changes !== seen) return;
    if (turns > 0) setImmediate(prepare, seen, turns - 1);
    else jump();
  };

  const jump = (): void => {
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
    changes++;
    if (settling) clearTimeout(settling);
    settling = holds > 0 || sleepers.size === 0 ? undefined : setTimeout(prepare, SETTLE_MS, changes, QUIET_TURNS);
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

  const sleep: Clock['sleep'] = (ms, signal) =>
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
    });

  return {
    kind: 'simulated',
    now: () => startAt + elapsed,
    elapsed: () => elapsed,
    sleep,
    within: (...args) => within(sleep, ...args),
    until: (...args) => until(sleep, ...args),
    hold: () => change(1),
    withhold: () => change(-1),
  };
}
