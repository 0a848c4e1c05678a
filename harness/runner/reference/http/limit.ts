import type { Clock } from '../../../clock/index.ts';

/**
 * Gives up on something that takes too long, on the clock. What comes too late is handed to `discard`.
 * @param ms milliseconds
 * @param tooLate makes the error for the case that the limit passes first
 * @throws the error of `tooLate`, the signal's reason, or whatever the work throws
 */
export async function within<T>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
  options: { tooLate: () => Error; signal: AbortSignal; discard?: (late: T) => void },
): Promise<T> {
  const done = new AbortController();
  const signal = AbortSignal.any([options.signal, done.signal]);
  let decided = false;
  work.then(
    (late) => decided && options.discard?.(late),
    () => {},
  );
  const limit = clock.sleep(ms, signal).then(() => {
    throw options.tooLate();
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    decided = true;
    done.abort();
    limit.catch(() => {});
  }
}
