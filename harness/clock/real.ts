import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './clock.ts';
import { until } from './until.ts';
import { within } from './within.ts';

/** Longest delay that Node's timers take, in milliseconds; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A clock that tells the machine's own time. */
export function realClock(): Clock {
  const start = performance.now();
  const sleep: Clock['sleep'] = async (ms, signal) => {
    let left = Math.max(0, ms);
    do {
      const step = Math.min(left, LONGEST_TIMER);
      await delay(step, undefined, signal ? { signal } : {}).catch((error: unknown) => {
        // Node's own error says no more than that there was a signal.
        signal?.throwIfAborted();
        throw error;
      });
      left -= step;
    } while (left > 0);
  };
  return {
    kind: 'real',
    now: () => Date.now(),
    elapsed: () => performance.now() - start,
    sleep,
    within: (...args) => within(sleep, ...args),
    until: (...args) => until(sleep, ...args),
    hold: () => () => {},
    withhold: () => () => {},
  };
}

/**
 * The machine's own time, for what does not live on a world's clock: programs, sockets and daemons that are real
 * whatever the subject's time is.
 */
export const machineClock: Clock = realClock();
