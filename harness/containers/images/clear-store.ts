import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isHeld, staleLockFiles, staleUserFiles } from '../../process/index.ts';
import { usersPlace, withStoreLock } from './lock.ts';
import type { Making } from './making.ts';
import { storePlace } from './store.ts';
import type { StorePlace } from './tidy.ts';
import { tidyStore } from './with-builder.ts';

/**
 * Removes what killed processes have left half made in the store; what living ones make is left alone.
 * @param cacheDir as for `ImageStore.open`
 * @param dry only finds it
 * @returns a phrase for each
 */
export async function clearStore(cacheDir: string, dry = false, making: Making = {}): Promise<string[]> {
  const place = storePlace(cacheDir);
  const users = usersPlace(place);
  const files = [...(await staleLockFiles(place)), ...(await staleLockFiles(users)), ...(await staleUserFiles(users))];
  const halfMade = !(await isHeld(place)) && (await isHalfMade(place));
  if (!dry) {
    for (const file of files) await rm(file, { force: true });
    if (halfMade) await withStoreLock(place, () => removeHalfMade(place), making);
  }
  return [
    ...files.map((file) => `lock file ${file}`),
    ...(halfMade ? [`what was half made of images in ${place.dir}`] : []),
  ];
}

const isHalfMade = async (place: StorePlace): Promise<boolean> =>
  existsSync(place.workDir) || (await unfinished(place)).length > 0;

async function removeHalfMade(place: StorePlace): Promise<void> {
  if (existsSync(place.workDir)) await tidyStore(place);
  for (const file of await unfinished(place)) await rm(file, { force: true });
}

/** Files of images in the form of a registry that were being written. */
async function unfinished(place: StorePlace): Promise<string[]> {
  const names = await readdir(join(place.dir, 'registry'), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith('.part')).map((name) => join(place.dir, 'registry', name));
}
