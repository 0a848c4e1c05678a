import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** Longest delay that Node's timers take, in milliseconds; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A clock that tells the machine's own time. */
export function realClock(): Clock {
  const start = performance.now();
  return {
    kind: 'real',
    now: () => Date.now(),
    elapsed: () => performance.now() - start,
    sleep: async (ms, signal) => {
      let left = Math.max(0, ms);
      do {
        const step = Math.min(left, LONGEST_TIMER);
        await delay(step, undefined, signal ? { signal } : {});
        left -= step;
      } while (left > 0);
    },
    hold: () => () => {},
    withhold: () => () => {},
  };
}
