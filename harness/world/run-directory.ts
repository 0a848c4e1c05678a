import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootId, newRunLabel, parseRunLabel, type RunLabel } from '../process/index.ts';

const PREFIX = 'proxyproof-';
const OWNER_FILE = 'owner.json';

/** A run's temporary directory, found by its name. */
export interface RunDirectory {
  readonly dir: string;
  readonly run: RunLabel;
  /** The machine's boot id when it was made, if its owner got as far as to write it down. */
  readonly boot?: string;
}

/**
 * Makes a temporary directory for a run of this process, with a file that says whose it is.
 * @param root where; the system's directory for temporary files by default
 * @throws Error when it cannot be written
 */
export async function makeRunDirectory(root: string = tmpdir()): Promise<RunDirectory> {
  const run = newRunLabel();
  const dir = join(root, `${PREFIX}${run.label}`);
  const boot = bootId();
  try {
    await mkdir(dir);
    // Others may pass, to what is made for them (squid drops root), but not look around.
    await chmod(dir, 0o711);
    const owner = { label: run.label, pid: run.pid, startTime: run.startTime, boot };
    await writeFile(join(dir, OWNER_FILE), `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(
      `The temporary directory of the run cannot be made: ${reason}. Free space, or set TMPDIR to a directory that can be written.`,
      { cause: error },
    );
  }
  return { dir, run, boot };
}

/** Removes a run's directory with all that is in it. */
export async function removeRunDirectory(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true, maxRetries: 3 });
}

/** The runs' directories of this user. Whatever else bears a similar name is left out. */
export function findRunDirectories(root: string = tmpdir()): RunDirectory[] {
  return names(root).flatMap((name) => {
    const run = name.startsWith(PREFIX) ? parseRunLabel(name.slice(PREFIX.length)) : undefined;
    const dir = join(root, name);
    return run && isOurs(dir) ? [{ dir, run, ...bootOf(dir) }] : [];
  });
}

/** The label of the run in whose directory a path lies, wherever that directory is or was. */
export function runDirectoryLabel(path: string): string | undefined {
  const part = path.split('/').find((each) => each.startsWith(PREFIX) && parseRunLabel(each.slice(PREFIX.length)));
  return part?.slice(PREFIX.length);
}

function names(root: string): string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

function isOurs(dir: string): boolean {
  try {
    const stat = lstatSync(dir);
    return stat.isDirectory() && stat.uid === (process.getuid?.() ?? stat.uid);
  } catch {
    return false;
  }
}

function bootOf(dir: string): { boot?: string } {
  try {
    const { boot } = JSON.parse(readFileSync(join(dir, OWNER_FILE), 'utf8')) as { boot?: unknown };
    return typeof boot === 'string' ? { boot } : {};
  } catch {
    return {};
  }
}
