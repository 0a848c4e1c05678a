import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { withStoreLock } from '../../images/lock.ts';
import type { ImageStore } from '../../images/store.ts';
import { withBuilder } from '../../images/with-builder.ts';
import type { ImageName } from '../../spec.ts';
import type { HeldImage } from './layout.ts';
import { splitImage } from './split-image.ts';

/** Where images are kept in the form that a registry has them in: a folder of the image store's. */
export const heldDirectory = (store: ImageStore): string => join(store.dir, 'registry');

/** The directory of all blobs, below it. */
export const BLOBS = 'blobs';

/**
 * An image of ours in the form that a registry has it in; made once, then kept beside the images.
 * @throws Error when the store does not have the image
 */
export async function heldImage(store: ImageStore, name: ImageName): Promise<HeldImage> {
  const dir = heldDirectory(store);
  const reference = store.reference(name);
  const file = join(dir, `${reference.replaceAll(/[/:]/g, '-')}.json`);
  const known = await read(file);
  if (known) return known;
  const blobs = join(dir, BLOBS);
  await mkdir(blobs, { recursive: true });
  return withStoreLock(store, async () => {
    const madeMeanwhile = await read(file);
    if (madeMeanwhile) return madeMeanwhile;
    const image = await withBuilder(store, async (docker) => {
      const archive = await docker.getImage(reference).get();
      return splitImage(archive.pipe(new PassThrough()), blobs);
    });
    await writeFile(`${file}.part`, JSON.stringify(image));
    await rename(`${file}.part`, file);
    return image;
  });
}

async function read(file: string): Promise<HeldImage | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as HeldImage);
}
