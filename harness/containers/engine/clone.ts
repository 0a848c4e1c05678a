import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageStore } from '../images/store.ts';

/** What Docker notes of registries: which blobs it need not get again. A daemon that shall pull must not know. */
const REGISTRY_NOTES = 'distribution';

/**
 * Makes a data root that has the store's images without copying a layer: the driver's directories are links, since no
 * daemon writes into a finished layer, and what it does write (image database, tags, keys) is copied.
 */
export async function cloneDataRoot(store: ImageStore, dataRoot: string): Promise<void> {
  const from = store.dataRoot;
  const layers = join(dataRoot, 'overlay2');
  await mkdir(join(layers, 'l'), { recursive: true });
  await mkdir(join(dataRoot, 'image'));
  const ids = (await readdir(join(from, 'overlay2'))).filter((id) => id !== 'l');
  await Promise.all([
    ...ids.map((id) => symlink(join(from, 'overlay2', id), join(layers, id))),
    cp(join(from, 'overlay2', 'l'), join(layers, 'l'), { recursive: true, verbatimSymlinks: true }),
    cp(join(from, 'image', 'overlay2'), join(dataRoot, 'image', 'overlay2'), {
      recursive: true,
      filter: (source) => source !== join(from, 'image', 'overlay2', REGISTRY_NOTES),
    }),
  ]);
}
