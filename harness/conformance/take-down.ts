import { machineClock } from '../clock/index.ts';

/** How long it may take, in milliseconds, on a machine with ten times as much to do as it can. */
const LIMIT_MS = 180_000;

/**
 * Takes a world down.
 * @param limitMs how long that may take, in milliseconds
 * @throws Error when it takes longer; what is left of the world ends with the run
 */
export function takeDown(world: AsyncDisposable, limitMs = LIMIT_MS): Promise<void> {
  const late = (): Error =>
    new Error(`The world was not taken down within ${limitMs / 1000} s. What is left of it ends with the run.`);
  return machineClock.within(limitMs, late, Promise.resolve(world[Symbol.asyncDispose]()));
}
