import { join } from 'node:path';
import { useDirectory, whenUnused, withDirectoryLock } from '../../process/index.ts';
import type { Making } from './making.ts';

/**
 * Holds the store's lock file, so that of several processes only one makes images.
 * @param making.say is told of a wait: for whom, since when, and what to do
 * @throws Error when the holder does not come to an end; the signal's reason
 */
export const withStoreLock = <T>(
  store: { readonly dir: string },
  work: () => Promise<T>,
  making: Making = {},
): Promise<T> => withDirectoryLock(store, work, { ...making, doing: 'making images' });

/** Below the store's directory: who uses its images. */
export const USERS = 'users';

/** Where the marks of those are who use a store's images. */
export const usersPlace = (store: { readonly dir: string }): { readonly dir: string } => ({
  dir: join(store.dir, USERS),
});

/**
 * Keeps a store's images from being removed: engines that begin with them have links to their layers. Images may be made meanwhile.
 * @returns ends the use
 * @throws Error when whoever removes them does not come to an end; the signal's reason
 */
export const useStore = (store: { readonly dir: string }, making: Making = {}): Promise<() => Promise<void>> =>
  useDirectory(usersPlace(store), { ...making, doing: REMOVING });

/** Works while nobody uses a store's images. @throws Error that names a user; the signal's reason */
export const whenStoreUnused = <T>(
  store: { readonly dir: string },
  work: () => Promise<T>,
  making: Making = {},
): Promise<T> => whenUnused(usersPlace(store), work, { ...making, doing: REMOVING, what: 'The images are in use' });

const REMOVING = 'removing images';
