import { withDirectoryLock } from '../../process/index.ts';
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
