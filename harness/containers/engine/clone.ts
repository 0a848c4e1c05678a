import { copyFile, mkdir, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageStore } from '../images/store.ts';
import type { ImageName } from '../spec.ts';
import { entriesOf, TAGS, tagsOf } from './image-database.ts';

/** What Docker notes of registries: which blobs it need not get again. A daemon that shall pull must not know. */
const REGISTRY_NOTES = 'distribution';
/** What a daemon that makes images at this moment writes and takes away again, below the image database: no image's. */
const PASSING = ['layerdb/mounts', 'layerdb/tmp'];
const UNFINISHED = /\/\.tmp-[^/]*$/;

/**
 * Makes a data root that has the store's images without copying a layer: the driver's directories are links, since no
 * daemon writes into a finished layer, and what it does write (image database, tags, keys) is copied. Other images may
 * be made in the store meanwhile, and what a failed attempt has left may go away. Whoever uses the store has marked that
 * (`useStore`), so no image itself goes.
 * @param only these images and no others: of others not even a layer is known, so that they must be pulled whole
 */
export async function cloneDataRoot(store: ImageStore, dataRoot: string, only?: readonly ImageName[]): Promise<void> {
  const from = store.dataRoot;
  const layers = join(dataRoot, 'overlay2');
  await mkdir(join(layers, 'l'), { recursive: true });
  await mkdir(join(dataRoot, 'image'));
  const ids = (await readdir(join(from, 'overlay2'))).filter((id) => id !== 'l');
  const [source, target] = [from, dataRoot].map((root) => join(root, 'image', 'overlay2')) as [string, string];
  const shortNames = await readdir(join(from, 'overlay2', 'l'));
  const left = new Set([REGISTRY_NOTES, ...PASSING].map((each) => join(source, each)));
  const wanted = only && (await entriesOf(store, source, only));
  await Promise.all([
    ...ids.map((id) => symlink(join(from, 'overlay2', id), join(layers, id))),
    ...shortNames.map((name) => copyLink(join(from, 'overlay2', 'l', name), join(layers, 'l', name))),
    copyTree(source, target, (path) => !left.has(path) && !UNFINISHED.test(path) && (wanted?.has(path) ?? true)),
  ]);
  if (only) await writeFile(join(target, TAGS), JSON.stringify({ Repositories: await tagsOf(store, source, only) }));
}

/** Copies a link, unless it is gone: then it was of a layer that no image has. */
async function copyLink(from: string, to: string): Promise<void> {
  const target = await readlink(from).catch(unlessGone);
  if (target !== undefined) await symlink(target, to);
}

/** Copies the files of a directory and those below it, but for those that are gone by then: a daemon passes over the rest of a layer. */
async function copyTree(from: string, to: string, counts: (path: string) => boolean): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(unlessGone);
  if (!entries) return;
  await mkdir(to);
  const copied = entries.map(async (entry) => {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!counts(source)) return;
    await (entry.isDirectory() ? copyTree(source, target, counts) : copyFile(source, target).catch(unlessGone));
  });
  await Promise.all(copied);
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
