import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isHeld, staleLockFiles } from '../process/index.ts';
import { accountsDirectory, generationsDirectory, UNFINISHED } from './place.ts';

/**
 * Removes the programs of all generations. What accounts of programs read is where other users of this machine have it from as
 * well, and stays.
 * @param cacheDir where this tool keeps what it can fetch again
 */
export const removeGenerations = (cacheDir: string): Promise<void> =>
  rm(generationsDirectory(cacheDir), { recursive: true, force: true });

/**
 * Removes what killed processes have left half unpacked; what living ones unpack is left alone.
 * @param dry only finds it
 * @returns a phrase for each
 */
export async function clearGenerations(cacheDir: string, dry = false): Promise<string[]> {
  const dirs = new Set([generationsDirectory(cacheDir), await accountsDirectory(cacheDir)]);
  return (await Promise.all([...dirs].map((dir) => clearDirectory(dir, dry)))).flat();
}

async function clearDirectory(dir: string, dry: boolean): Promise<string[]> {
  const locks = await staleLockFiles({ dir });
  const held = await isHeld({ dir });
  const parts = held ? [] : (await readdir(dir).catch(() => [])).filter((name) => name.endsWith(UNFINISHED));
  const left = parts.map((name) => join(dir, name));
  if (!dry) for (const each of [...locks, ...left]) await rm(each, { recursive: true, force: true });
  return [...locks.map((file) => `lock file ${file}`), ...left.map((each) => `what was half unpacked in ${each}`)];
}
