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
  const { tooLate, signal, discard } = options;
  return clock.within(ms, tooLate, work, { signal, ...(discard ? { discard } : {}) });
}
