import { setTimeout as pause } from 'node:timers/promises';

/** Real milliseconds between two looks. */
const LOOK_MS = 40;

/**
 * Looks again and again until something real is there: containers and daemons tell nobody when they are ready.
 * @param what completes the sentence "waited … for this: …"
 * @param limitMs in real milliseconds
 * @param look gives anything but undefined when it is there; what it throws ends the wait
 * @throws Error that names what was waited for, when the limit has passed, be it in the middle of a look
 */
export async function waitUntil<T>(what: string, limitMs: number, look: () => Promise<T | undefined>): Promise<T> {
  const late = Promise.withResolvers<never>();
  let over = false;
  const limit = setTimeout(() => {
    over = true;
    late.reject(new Error(`Waited ${limitMs / 1000} s in vain for this: ${what}.`));
  }, limitMs);
  const looking = async (): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      // Whoever waited has been told; nobody looks any more.
      if (over) return late.promise;
      await pause(LOOK_MS);
    }
  };
  try {
    return await Promise.race([looking(), late.promise]);
  } finally {
    clearTimeout(limit);
  }
}
