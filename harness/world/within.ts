/**
 * Waits for something real (a program, a socket), with a limit.
 * @param limitMs in real milliseconds: what is waited for does not live on a world's clock
 * @param late words the error
 * @throws the error that `late` makes, when the limit has passed
 */
export async function within<T>(limitMs: number, promise: PromiseLike<T>, late: () => Error): Promise<T> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(late()), limitMs);
  try {
    return await Promise.race([promise, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}
