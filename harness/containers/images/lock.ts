import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineClock } from '../../clock/index.ts';
import { isAlive, type ProcessOwner, thisProcess } from '../../process/index.ts';

/** How long one process may make images while another waits, in real milliseconds. */
const LIMIT_MS = 20 * 60_000;
/** How often a holder shows that it is there, in real milliseconds. */
const SIGN_MS = 5_000;
/** How long one is believed to be there that does not, in real milliseconds. */
const BELIEVED_MS = 60_000;

/**
 * Holds the store's lock file, so that of several processes only one makes images. Why it is no library's:
 * docs/adr/0015.
 * @throws Error when the holder does not come to an end
 */
export async function withStoreLock<T>(store: { readonly dir: string }, work: () => Promise<T>): Promise<T> {
  const file = join(store.dir, 'lock');
  await machineClock.until(LIMIT_MS, `another process to end making images (it holds ${file})`, () => take(file));
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
  await writeFile(own, written(thisProcess()));
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
  const holder = read(await readFile(file, 'utf8').catch(() => ''));
  if (!holder) return false;
  const alive = isAlive(holder);
  if (alive !== undefined) return !alive;
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > BELIEVED_MS;
}

/** Such as `4711 pid:[4026531836] 81234`: a store may be shared with containers, and a number be given again. */
const written = ({ pid, pidNamespace, startTime }: ProcessOwner): string => `${pid} pid:[${pidNamespace}] ${startTime}`;

/** Undefined when it is not there any more. Earlier versions wrote less, the first of them the number only. */
function read(text: string): ProcessOwner | undefined {
  const [, pid, pidNamespace, startTime = 0] = /^(\d+)(?: pid:\[(\d+)\])?(?: (\d+))?$/.exec(text.trim()) ?? [];
  if (pid === undefined) return undefined;
  return {
    pid: Number(pid),
    pidNamespace: pidNamespace === undefined ? thisProcess().pidNamespace : Number(pidNamespace),
    startTime: Number(startTime),
  };
}
