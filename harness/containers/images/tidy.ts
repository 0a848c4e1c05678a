import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { findStrayProcesses, killProcesses } from '../../process/index.ts';
import { sweepDataRoot } from './sweep-data-root.ts';

/** Where the parts of a store are. */
export interface StorePlace {
  readonly dir: string;
  readonly dataRoot: string;
  readonly workDir: string;
}

/** Runs the store's daemon for as long as something is done with it. */
type WithDaemon = <T>(store: StorePlace, work: (docker: Docker) => Promise<T>) => Promise<T>;

/** Images that have no name, and that no image builds on. */
export const UNNAMED = { filters: { dangling: ['true'] } } as const;

/** What is to be undone, should this be the last that is heard of it. */
interface Undo {
  /** The images that were there before: others go. */
  readonly images?: readonly string[];
  /** A file that is half written. */
  readonly file?: string;
}

const undoFile = (store: StorePlace): string => join(store.workDir, 'undo.json');

/** Notes what is to be undone if whoever works in the store fails, or is killed. */
export const noteUndo = (store: StorePlace, undo: Undo): Promise<void> =>
  writeFile(undoFile(store), JSON.stringify(undo));

/**
 * Removes what was left half made in a store: processes of dead owners, containers, layers that no image has, images
 * that came with an import that failed, files. Its lock must be held.
 */
export async function tidy(store: StorePlace, withDaemon: WithDaemon): Promise<void> {
  // The daemon of a process that was killed may still be there, and writes into the same data root.
  await killProcesses(findStrayProcesses());
  const { images, file } = await readUndo(store);
  if (file !== undefined) await rm(file, { force: true });
  if (existsSync(join(store.dataRoot, 'image'))) {
    await withDaemon(store, (docker) => prune(docker, images && new Set(images)));
    await sweepDataRoot(store.dataRoot);
  }
  await rm(store.workDir, { recursive: true, force: true });
}

async function readUndo(store: StorePlace): Promise<Undo> {
  const text = await readFile(undoFile(store), 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as Undo;
  } catch {
    // It was not written to its end, so what it is about had not begun.
    return {};
  }
}

async function prune(docker: Docker, wanted: ReadonlySet<string> | undefined): Promise<void> {
  const containers = await docker.listContainers({ all: true });
  for (const { Id } of containers) await docker.getContainer(Id).remove({ force: true, v: true });
  if (wanted) {
    const tags = (await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []);
    for (const tag of tags.filter((each) => !wanted.has(each))) await docker.getImage(tag).remove({ force: true });
  }
  await docker.pruneImages(UNNAMED);
}
