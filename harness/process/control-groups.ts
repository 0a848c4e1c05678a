import { readdirSync } from 'node:fs';
import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseRunLabel, type RunLabel } from './run-label.ts';

const ROOT = '/sys/fs/cgroup';
const PREFIX = 'proxyproof-';
/** How long the kernel may take to forget processes that have ended, in real milliseconds. */
const LIMIT_MS = 5_000;

/** Every hierarchy of control groups: one in version 2, one a controller in version 1 (cgroups(7)). */
function hierarchies(): string[] {
  return [ROOT, ...subdirectories(ROOT).map((each) => join(ROOT, each))];
}

/** The name of the control group of a world's containers. @param label the run's @param world its number in the run */
export const controlGroupOf = (label: string, world: number): string => `${PREFIX}${label}-${world}`;

/** The control groups of worlds, whichever run they are of. */
export function findControlGroups(): { readonly name: string; readonly run: RunLabel }[] {
  const names = new Set(hierarchies().flatMap(subdirectories));
  return [...names].flatMap((name) => {
    const label = /^proxyproof-(.+)-\d+$/.exec(name)?.[1];
    const run = label === undefined ? undefined : parseRunLabel(label);
    return run ? [{ name, run }] : [];
  });
}

/**
 * Removes a control group and those below it, which a daemon that was killed leaves, empty.
 * @param name below the root of every hierarchy
 * @throws Error when a process is still in it
 */
export async function removeControlGroups(name: string): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  for (const hierarchy of hierarchies()) await removeTree(join(hierarchy, name), end);
}

async function removeTree(dir: string, end: number): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  for (const each of entries) if (each.isDirectory()) await removeTree(join(dir, each.name), end);
  for (;;) {
    try {
      await rmdir(dir);
      return;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY' || performance.now() > end)
        throw new Error(`The control group ${dir} cannot be removed: ${message}.`);
      await pause(20);
    }
  }
}

function subdirectories(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : []));
  } catch {
    return [];
  }
}
