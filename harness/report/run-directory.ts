import { access, constants, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ReportError, reportError } from './error.ts';
import { makeDirectories } from './files.ts';

/** The directory below which runs are kept when no other one is named. */
const RUNS = 'runs';

/**
 * Makes the directory of a run: the one named, or `runs/TIME` below the working directory, never one that another run
 * has already.
 * @returns its path
 * @throws ReportError when it cannot be made or written to
 */
export async function makeRunDirectory(
  where: { dir: string } | { cwd: string },
  now: Date = new Date(),
): Promise<string> {
  const wanted =
    'dir' in where ? where.dir : join(where.cwd, RUNS, now.toISOString().slice(0, 19).replaceAll(':', '-'));
  try {
    const dir = 'dir' in where ? wanted : await makeNew(wanted);
    await makeDirectories(dir);
    await access(`${dir}/.`, constants.W_OK | constants.X_OK);
    return dir;
  } catch (error) {
    throw reportError(`make the report directory ${wanted}`, error);
  }
}

async function makeNew(wanted: string): Promise<string> {
  await makeDirectories(dirname(wanted));
  for (let number = 1; number < 1000; number++) {
    const dir = number === 1 ? wanted : `${wanted}-${number}`;
    try {
      await mkdir(dir);
      return dir;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error('a thousand runs began in the same second');
}

/**
 * Points `latest` beside a run's directory to it, in one step, so that it never leads nowhere.
 * @throws ReportError when something that is no link has the name
 */
export async function pointLatest(dir: string): Promise<void> {
  const latest = join(dirname(dir), 'latest');
  const next = `${latest}.${process.pid}-${basename(dir)}`;
  try {
    await rm(next, { force: true });
    await symlink(basename(dir), next);
    await rename(next, latest);
  } catch (error) {
    await rm(next, { force: true }).catch(() => {});
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR' || code === 'ENOTEMPTY' || code === 'EEXIST') {
      throw new ReportError(
        `Cannot point ${latest} to the run ${basename(dir)}: a directory has that name. Move it away.`,
      );
    }
    throw reportError(`point ${latest} to the run ${basename(dir)}`, error);
  }
}

/** Whether a directory is one of those that `makeRunDirectory` makes below a working directory. */
export const isBelowRuns = (dir: string): boolean => basename(dirname(dir)) === RUNS;
