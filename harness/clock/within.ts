import type { Clock, WithinOptions, Work } from './clock.ts';
import { LimitError } from './limit-error.ts';

/** Why the sleep ends; nobody reads it. Without a reason, every end would make an error with a stack trace of its own. */
const OVER = new Error('The wait is over.');

/** {@link Clock.within} for any clock that can sleep. */
export async function within<T>(
  sleep: Clock['sleep'],
  limitMs: number,
  late: string | (() => Error),
  work: Work<T>,
  { signal, discard }: WithinOptions<T> = {},
): Promise<T> {
  const result = Promise.withResolvers<T>();
  /** Tells the work that nobody waits for it any more. */
  const givenUp = new AbortController();
  /** Ends the sleep: the wait is over, one way or another. */
  const over = new AbortController();
  const giveUp = (reason: unknown): void => {
    if (over.signal.aborted) return;
    over.abort(OVER);
    result.reject(reason);
    givenUp.abort(reason);
  };
  const stop = (): void => giveUp(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  begin(work, givenUp.signal).then(
    (value) => {
      if (over.signal.aborted) return discard?.(value);
      over.abort(OVER);
      result.resolve(value);
    },
    // What fails after the limit fails unnoticed, and is no unhandled rejection.
    giveUp,
  );
  sleep(limitMs, over.signal).then(
    () => giveUp(typeof late === 'string' ? new LimitError(late, limitMs) : late()),
    () => {},
  );
  try {
    return await result.promise;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** A function begins in this turn, unless nobody waits for what it does. */
async function begin<T>(work: Work<T>, signal: AbortSignal): Promise<T> {
  if (typeof work !== 'function') return work;
  signal.throwIfAborted();
  return work(signal);
}
