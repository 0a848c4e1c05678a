import { rm } from 'node:fs/promises';
import {
  findControlGroups,
  findSharedMemory,
  findStrayProcesses,
  killProcesses,
  ownerIsDead,
  removeControlGroups,
  type StrayProcess,
} from '../process/index.ts';
import { findRunDirectories, removeRunDirectory, runDirectoryLabel } from './run-directory.ts';

/** What a run left behind whose harness is gone. */
export interface Strays {
  readonly processes: readonly StrayProcess[];
  readonly directories: readonly string[];
  /** Names of control groups in which its containers were. */
  readonly controlGroups: readonly string[];
  /** Shared memory that killed programs left, as files. */
  readonly sharedMemory: readonly string[];
}

/** Where strays are looked for. */
export interface StraysOptions {
  /** Where runs have their temporary directories; the system's place by default. */
  readonly root?: string;
}

/**
 * Finds what runs left behind that were killed: temporary directories, and processes that bear the label of such a run
 * or, as a proxy's do, work in such a directory. Never anything of a living run.
 */
export function findStrays(options: StraysOptions = {}): Strays {
  const dead = findRunDirectories(options.root).filter(({ run, boot }) => ownerIsDead(run, boot));
  const processes = findStrayProcesses(runDirectoryLabel);
  const controlGroups = findControlGroups().flatMap(({ name, run }) => (ownerIsDead(run) ? [name] : []));
  return { processes, directories: dead.map(({ dir }) => dir), controlGroups, sharedMemory: findSharedMemory() };
}

/**
 * Ends and removes what {@link findStrays} finds.
 * @returns a phrase for each thing that was removed
 * @throws Error that names what could not be removed
 */
export async function removeStrays(options: StraysOptions = {}): Promise<string[]> {
  const { processes, directories, controlGroups, sharedMemory } = findStrays(options);
  await killProcesses(processes);
  for (const file of sharedMemory) await rm(file, { force: true });
  for (const name of controlGroups) await removeControlGroups(name);
  for (const dir of directories) await removeRunDirectory(dir);
  return [
    ...processes.map(({ pid, name }) => `process ${pid} (${name})`),
    ...controlGroups.map((name) => `control group ${name}`),
    ...directories.map((dir) => `directory ${dir}`),
    ...sharedMemory.map((file) => `shared memory ${file}`),
  ];
}
