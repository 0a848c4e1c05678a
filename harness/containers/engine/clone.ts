import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageStore } from '../images/store.ts';
import type { ImageName } from '../spec.ts';
import { entriesOf, TAGS, tagsOf } from './image-database.ts';

/** What Docker notes of registries: which blobs it need not get again. A daemon that shall pull must not know. */
const REGISTRY_NOTES = 'distribution';

/**
 * Makes a data root that has the store's images without copying a layer: the driver's directories are links, since no
 * daemon writes into a finished layer, and what it does write (image database, tags, keys) is copied.
 * @param only these images and no others: of others not even a layer is known, so that they must be pulled whole
 */
export async function cloneDataRoot(store: ImageStore, dataRoot: string, only?: readonly ImageName[]): Promise<void> {
  const from = store.dataRoot;
  const layers = join(dataRoot, 'overlay2');
  await mkdir(join(layers, 'l'), { recursive: true });
  await mkdir(join(dataRoot, 'image'));
  const ids = (await readdir(join(from, 'overlay2'))).filter((id) => id !== 'l');
  const [source, target] = [from, dataRoot].map((root) => join(root, 'image', 'overlay2')) as [string, string];
  const wanted = only && (await entriesOf(store, source, only));
  await Promise.all([
    ...ids.map((id) => symlink(join(from, 'overlay2', id), join(layers, id))),
    cp(join(from, 'overlay2', 'l'), join(layers, 'l'), { recursive: true, verbatimSymlinks: true }),
    cp(source, target, {
      recursive: true,
      filter: (path) => path !== join(source, REGISTRY_NOTES) && (wanted?.has(path) ?? true),
    }),
  ]);
  if (only) await writeFile(join(target, TAGS), JSON.stringify({ Repositories: await tagsOf(store, source, only) }));
}
