import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes what a Docker daemon that was killed leaves in its data root and no daemon removes: layers that were being
 * written, and which no image has. No daemon may be running.
 * Source: the layout of moby's image and layer stores and of its driver overlay2.
 */
export async function sweepDataRoot(dataRoot: string): Promise<void> {
  const images = join(dataRoot, 'image', 'overlay2');
  const layers = join(dataRoot, 'overlay2');
  const used = await layersInUse(join(images, 'layerdb'));
  for (const id of await names(layers)) if (id !== 'l' && !used.has(id)) await remove(join(layers, id));
  await removeDanglingLinks(join(layers, 'l'), new Set(await names(layers)));
  for (const dir of [join(images, 'layerdb', 'tmp'), join(dataRoot, 'tmp'), join(dataRoot, 'containers')])
    for (const name of await names(dir)) await remove(join(dir, name));
  for (const dir of ['content', 'metadata'].map((each) => join(images, 'imagedb', each, 'sha256')))
    for (const name of await names(dir)) if (name.startsWith('.tmp-')) await remove(join(dir, name));
}

/** The directories of the driver that a layer or a container has. */
async function layersInUse(layerdb: string): Promise<ReadonlySet<string>> {
  const files = [
    ...(await names(join(layerdb, 'sha256'))).map((name) => join(layerdb, 'sha256', name, 'cache-id')),
    ...(await names(join(layerdb, 'mounts'))).flatMap((name) =>
      ['mount-id', 'init-id'].map((each) => join(layerdb, 'mounts', name, each)),
    ),
  ];
  const ids = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return new Set(ids.map((each) => each.trim()));
}

/** The driver has a short name for each layer, which is a link such as `../ID/diff`. */
async function removeDanglingLinks(dir: string, there: ReadonlySet<string>): Promise<void> {
  for (const name of await names(dir)) {
    const target = await readlink(join(dir, name)).catch(() => '');
    if (!there.has(target.split('/').at(-2) ?? '')) await remove(join(dir, name));
  }
}

const names = (dir: string): Promise<string[]> => readdir(dir).catch(() => []);

const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true });
