import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineClock } from '../clock/index.ts';
import { isAlive, type ProcessOwner, thisProcess } from './owner.ts';
import { ownerIsDead, ownLabel, parseRunLabel } from './run-label.ts';

/** How long one process may work in a directory while another waits, in real milliseconds. */
const LIMIT_MS = 20 * 60_000;
/** How often a holder shows that it is there, in real milliseconds. */
const SIGN_MS = 5_000;
/** How long one is believed to be there that does not, in real milliseconds. */
const BELIEVED_MS = 60_000;

/** A directory in which one process works at a time. */
export interface WorkPlace {
  readonly dir: string;
}

/** How a directory's lock is waited for. */
export interface LockOptions {
  /** What whoever holds it does, as half a sentence: `making images`. */
  readonly doing: string;
  /** Told of a wait: for whom, since when, and what to do. */
  readonly say?: ((line: string) => void) | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

const lockFile = (place: WorkPlace): string => join(place.dir, 'lock');

/**
 * Holds a directory's lock file, so that of several processes only one works there. Why it is no library's:
 * docs/adr/0015.
 * @throws Error when the holder does not come to an end; the signal's reason
 */
export async function withDirectoryLock<T>(place: WorkPlace, work: () => Promise<T>, options: LockOptions): Promise<T> {
  const { doing, say, signal } = options;
  const file = lockFile(place);
  let told = false;
  let taking: Promise<true | undefined> | undefined;
  const look = async (): Promise<true | undefined> => {
    taking = take(file);
    const taken = await taking;
    if (!taken && !told) {
      told = true;
      say?.(`waiting for ${await holderOf(file)} to end ${doing} …`);
    }
    return taken;
  };
  const limits = signal ? { signal } : {};
  const what = `another process to end ${doing} (it holds ${file})`;
  try {
    await machineClock.until(LIMIT_MS, what, look, limits);
  } catch (error) {
    // Whoever gives up takes the files of the last attempt along, and the lock, should it have come too late.
    if (await taking?.catch(() => undefined)) await rm(file, { force: true });
    throw error;
  }
  const end = showSigns(file);
  try {
    return await work();
  } finally {
    await end();
  }
}

/**
 * Shows every few seconds that whoever wrote a file is there: from another container it can be told by nothing else.
 * @returns ends that, and removes the file
 */
export function showSigns(file: string): () => Promise<void> {
  const signs = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), SIGN_MS);
  signs.unref();
  return async () => {
    clearInterval(signs);
    await rm(file, { force: true });
  };
}

/** Who wrote a file that tells of its holder, since when, and what can be done about it. */
export async function holderOf(file: string): Promise<string> {
  const holder = read(await readFile(file, 'utf8').catch(() => ''));
  if (!holder) return `another process (it holds ${file})`;
  const since = await stat(file).then(
    ({ birthtime, ctime }) => ` since ${(birthtime.getTime() > 0 ? birthtime : ctime).toTimeString().slice(0, 8)}`,
    () => '',
  );
  const here = isAlive(holder) !== undefined;
  const where = here ? `process ${holder.pid}` : `process ${holder.pid} of another container`;
  const advice = here ? `; to end it: kill ${holder.pid}` : '';
  return `${where} (which holds ${file}${since}${advice})`;
}

/** Whether somebody holds the lock who is there. */
export async function isHeld(place: WorkPlace): Promise<boolean> {
  const file = lockFile(place);
  return existsSync(file) && !(await isStale(file));
}

/** Files of those who were killed while they took the lock, or held it. */
export async function staleLockFiles(place: WorkPlace): Promise<string[]> {
  const names = await readdir(place.dir).catch(() => []);
  const left = names.filter((name) => {
    const owner = parseRunLabel(/^lock\.([^.]+)\./.exec(name)?.[1] ?? '');
    return owner !== undefined && ownerIsDead(owner);
  });
  const file = lockFile(place);
  return [...left.map((name) => join(place.dir, name)), ...(existsSync(file) && (await isStale(file)) ? [file] : [])];
}

async function take(file: string): Promise<true | undefined> {
  // Written whole before it has its name: nobody ever reads a lock without its holder.
  // Its name says whose it is from the first moment.
  const own = `${file}.${ownLabel().label}.${randomUUID()}`;
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

/** Whether whoever wrote a file that tells of its holder was killed. */
export async function isStale(file: string): Promise<boolean> {
  const holder = read(await readFile(file, 'utf8').catch(() => ''));
  if (!holder) return false;
  const alive = isAlive(holder);
  if (alive !== undefined) return !alive;
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > BELIEVED_MS;
}

/** What a file holds that tells of its holder, such as `4711 pid:[4026531836] 81234`: a directory may be shared with containers, and a number be given again. */
export const written = ({ pid, pidNamespace, startTime }: ProcessOwner): string =>
  `${pid} pid:[${pidNamespace}] ${startTime}`;

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
