import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  holderOf,
  isHeld,
  isStale,
  type LockOptions,
  showSigns,
  type WorkPlace,
  withDirectoryLock,
  written,
} from './directory-lock.ts';
import { thisProcess } from './owner.ts';
import { ownLabel } from './run-label.ts';

/** How the file of somebody who uses a directory begins. */
const USER = 'user.';

/**
 * Marks a directory as one that somebody uses, for as long as that takes: any number of processes may, and meanwhile nobody
 * has it alone.
 * @param place a directory for the marks, which is made
 * @returns ends the use
 * @throws Error when whoever has it alone does not come to an end; the signal's reason
 */
export async function useDirectory(place: WorkPlace, options: LockOptions): Promise<() => Promise<void>> {
  await mkdir(place.dir, { recursive: true });
  const file = join(place.dir, `${USER}${ownLabel().label}.${randomUUID()}`);
  for (;;) {
    // Whoever has it alone looks for users after having taken the lock, and a user for the lock after having said so.
    await writeFile(file, written(thisProcess()));
    if (!(await isHeld(place))) return showSigns(file);
    await rm(file, { force: true });
    await withDirectoryLock(place, async () => {}, options);
  }
}

/**
 * Works in a directory that nobody uses, and that nobody begins to use meanwhile.
 * @param place as for `useDirectory`
 * @param what of the error says what is in use, as the beginning of a sentence: `The images are in use`
 * @throws Error that names a user; what withDirectoryLock throws
 */
export async function whenUnused<T>(
  place: WorkPlace,
  work: () => Promise<T>,
  options: LockOptions & { readonly what: string },
): Promise<T> {
  await mkdir(place.dir, { recursive: true });
  const alone = async (): Promise<T> => {
    for (const file of await userFiles(place)) {
      if (!(await isStale(file)))
        throw new Error(`${options.what} by ${await holderOf(file)}. Wait for its end, and try again.`);
    }
    return work();
  };
  return withDirectoryLock(place, alone, options);
}

/** Files of users who were killed. */
export async function staleUserFiles(place: WorkPlace): Promise<string[]> {
  const stale: string[] = [];
  for (const file of await userFiles(place)) if (await isStale(file)) stale.push(file);
  return stale;
}

async function userFiles({ dir }: WorkPlace): Promise<string[]> {
  const names = await readdir(dir).catch(() => []);
  return names.filter((name) => name.startsWith(USER)).map((name) => join(dir, name));
}
