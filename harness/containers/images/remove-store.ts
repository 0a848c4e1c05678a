import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withStoreLock } from './lock.ts';
import type { Making } from './making.ts';
import { storePlace } from './store.ts';

/** Removes every image, when nobody makes any. @param cacheDir as for `ImageStore.open` */
export async function removeStore(cacheDir: string, making: Making = {}): Promise<void> {
  const place = storePlace(cacheDir);
  if (!existsSync(place.dir)) return;
  await withStoreLock(
    place,
    async () => {
      const names = (await readdir(place.dir)).filter((name) => !name.startsWith('lock'));
      for (const name of names) await rm(join(place.dir, name), { recursive: true, force: true });
    },
    making,
  );
  // Another may have begun to make images.
  await rmdir(place.dir).catch(() => {});
}
