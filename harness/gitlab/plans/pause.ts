import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock/index.ts';

/**
 * Keeps a client waiting on purpose, so simulated time may pass meanwhile.
 * @param ms how long, in milliseconds on the world's clock; without it until the client gives up
 * @returns whether the client is still there
 */
export async function pause(res: ServerResponse, clock: Clock, ms?: number): Promise<boolean> {
  if (res.closed) return false;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  const release = clock.withhold();
  res.once('close', leave);
  try {
    if (ms === undefined) await new Promise<void>((resolve) => gone.signal.addEventListener('abort', () => resolve()));
    else await clock.sleep(ms, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    res.off('close', leave);
    release();
  }
  return !gone.signal.aborted;
}
