import type { Clock, UntilOptions } from './clock.ts';
import { within } from './within.ts';

/** Milliseconds between two looks. */
const LOOK_MS = 40;

/** {@link Clock.until} for any clock that can sleep. */
export function until<T>(
  sleep: Clock['sleep'],
  limitMs: number,
  late: string | (() => Error),
  look: () => T | undefined | Promise<T | undefined>,
  { everyMs = LOOK_MS, ...options }: UntilOptions = {},
): Promise<T> {
  const looking = async (over: AbortSignal): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      // Whoever waited has been told; nobody looks any more.
      over.throwIfAborted();
      await sleep(everyMs, over);
    }
  };
  return within(sleep, limitMs, late, looking, options);
}
