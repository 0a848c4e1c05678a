import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownerIsDead, ownLabel, parseRunLabel } from './run-label.ts';

/** Where POSIX shared memory is, shm_overview(7). */
const PLACE = '/dev/shm';
const NAME = /^proxyproof([0-9a-zZ]+)x\d+-/;

let given = 0;

/**
 * A name of letters and digits for a program that makes shared memory under it, such as squid's `-n`: whose it is can be told
 * from the name, whatever ends the program.
 */
export function sharedMemoryName(): string {
  given += 1;
  return `proxyproof${ownLabel().label.replaceAll('-', 'Z')}x${given}`;
}

/** Removes what a program that was killed has left of it. @param name as {@link sharedMemoryName} gave it */
export function removeSharedMemory(name: string): void {
  for (const file of files()) if (file.startsWith(`${name}-`)) rmSync(join(PLACE, file), { force: true });
}

/** What programs of harnesses left there that are gone: paths. */
export function findSharedMemory(): readonly string[] {
  return files().flatMap((file) => {
    const label = parseRunLabel(NAME.exec(file)?.[1]?.replaceAll('Z', '-') ?? '');
    return label && ownerIsDead(label) ? [join(PLACE, file)] : [];
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
