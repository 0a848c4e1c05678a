import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { USERS, usersPlace, whenStoreUnused, withStoreLock } from './lock.ts';
import type { Making } from './making.ts';
import { storePlace } from './store.ts';

/**
 * Removes every image, when nobody makes any.
 * @param cacheDir as for `ImageStore.open`
 * @throws Error that says who uses them
 */
export async function removeStore(cacheDir: string, making: Making = {}): Promise<void> {
  const place = storePlace(cacheDir);
  if (!existsSync(place.dir)) return;
  const work = async (): Promise<void> => {
    const names = (await readdir(place.dir)).filter((name) => !name.startsWith('lock') && name !== USERS);
    for (const name of names) await rm(join(place.dir, name), { recursive: true, force: true });
  };
  await whenStoreUnused(place, () => withStoreLock(place, work, making), making);
  // Another may have begun to make images, or to use them.
  for (const dir of [usersPlace(place).dir, place.dir]) await rmdir(dir).catch(() => {});
}
