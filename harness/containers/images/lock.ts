import { randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../wait-until.ts';

/** How long one process may make images while another waits, in real milliseconds. */
const LIMIT_MS = 20 * 60_000;
/** How often a holder shows that it is there, in real milliseconds. */
const SIGN_MS = 5_000;
/** How long one is believed to be there that does not, in real milliseconds. */
const BELIEVED_MS = 60_000;

/**
 * Holds the store's lock file, so that of several processes only one makes images.
 * @throws Error when the holder does not come to an end
 */
export async function withStoreLock<T>(store: { readonly dir: string }, work: () => Promise<T>): Promise<T> {
  const file = join(store.dir, 'lock');
  await waitUntil(`the images are not being made by another process any more (${file})`, LIMIT_MS, () => take(file));
  // Whoever holds it in another container can be told by nothing else.
  const signs = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), SIGN_MS);
  try {
    return await work();
  } finally {
    clearInterval(signs);
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<true | undefined> {
  // Written whole before it has its name: nobody ever reads a lock without its holder.
  const own = `${file}.${process.pid}-${randomUUID()}`;
  await writeFile(own, `${process.pid} ${pidNamespace()}`);
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await removeStale(file, `${own}.stale`);
    return undefined;
  } finally {
    await rm(own, { force: true });
  }
}

/** Removes the lock of a holder that was killed. Only one process can move it aside, and puts back what is not stale. */
async function removeStale(file: string, aside: string): Promise<void> {
  if (!(await isStale(file))) return;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return;
  }
  try {
    // Another may have taken the lock between the look and the move.
    if (!(await isStale(aside))) await link(aside, file).catch(() => {});
  } finally {
    await rm(aside, { force: true });
  }
}

async function isStale(file: string): Promise<boolean> {
  const [holder = '', namespace] = (await readFile(file, 'utf8').catch(() => '')).split(' ');
  if (holder === '') return false;
  if (namespace === undefined || namespace === pidNamespace()) return !alive(Number(holder));
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > BELIEVED_MS;
}

/** Names the namespace in which this process's id means it: a store may be shared with containers. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
