import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, thisProcess } from './owner.ts';

/** Where POSIX shared memory is, shm_overview(7). */
const PLACE = '/dev/shm';
/** Squid takes no longer name. */
const LONGEST = 32;
const NAME = /^pproof([0-9a-z]+)Z([0-9a-z]+)Z([0-9a-z]+)X\d+-/;

let given = 0;

/**
 * A name of letters and digits for a program that makes shared memory under it, such as squid's `-n`: whose it is can be told
 * from the name, whatever ends the program.
 */
export function sharedMemoryName(): string {
  given += 1;
  const { pid, startTime, pidNamespace } = thisProcess();
  const owner = [pid, startTime, pidNamespace].map((each) => each.toString(36)).join('Z');
  return `pproof${owner}X${given}`.slice(0, LONGEST);
}

/** Removes what a program that was killed has left of it. @param name as {@link sharedMemoryName} gave it */
export function removeSharedMemory(name: string): void {
  for (const file of files()) if (file.startsWith(`${name}-`)) rmSync(join(PLACE, file), { force: true });
}

/** What programs of harnesses left there that are gone: paths. */
export function findSharedMemory(): readonly string[] {
  return files().flatMap((file) => {
    const [pid, startTime, pidNamespace] = (NAME.exec(file)?.slice(1) ?? []).map((each) => Number.parseInt(each, 36));
    if (pid === undefined || startTime === undefined || pidNamespace === undefined) return [];
    return isAlive({ pid, startTime, pidNamespace }) === false ? [join(PLACE, file)] : [];
  });
}

function files(): readonly string[] {
  try {
    return readdirSync(PLACE);
  } catch {
    // Not every system has such a place.
    return [];
  }
}
