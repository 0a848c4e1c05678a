import { AsyncLocalStorage } from 'node:async_hooks';

/** Takes an error that nobody caught. @returns whether there was still time to count it */
type Take = (error: unknown) => boolean;

const takers = new AsyncLocalStorage<Take>();

/** Does the work of a case. What it starts and leaves to itself fails within this case, however late. */
export const inCase = <T>(take: Take, work: () => T): T => takers.run(take, work);

/**
 * Gives an error that nobody caught, or a promise rejected that nobody awaits, to the case that it belongs to. For use
 * where Node reports such an error, which it does in the context that the error comes from.
 * @returns `late` when the run was over by then, `none` when it belongs to no case
 */
export function giveToCase(error: unknown): 'taken' | 'late' | 'none' {
  const take = takers.getStore();
  if (!take) return 'none';
  return take(error) ? 'taken' : 'late';
}

/**
 * What a report says of it.
 * @param file the scenario's file, whose line is then told
 */
export function uncaughtSentence(error: unknown, file?: string): string {
  const what = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  const line = file === undefined ? undefined : stack?.split(`${file}:`)[1]?.match(/^\d+/)?.[0];
  const where = line === undefined ? '' : ` (${file}:${line})`;
  return `An error was not caught: ${what.replace(/[.\s]*$/, '')}${where}. Await every promise of the scenario, and catch what may fail in a callback`;
}
