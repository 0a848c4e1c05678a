import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../wait-until.ts';

/** How long one process may make images while another waits, in real milliseconds. */
const LIMIT_MS = 20 * 60_000;

/**
 * Holds the store's lock file, so that of several processes only one makes images.
 * @throws Error when the holder does not come to an end
 */
export async function withStoreLock<T>(store: { readonly dir: string }, work: () => Promise<T>): Promise<T> {
  const file = join(store.dir, 'lock');
  await waitUntil(`the images are not being made by another process any more (${file})`, LIMIT_MS, () => take(file));
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<true | undefined> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // A holder that was killed cannot take its lock away.
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    if (holder > 0 && !alive(holder)) await rm(file, { force: true });
    return undefined;
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
