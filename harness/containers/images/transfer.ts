import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { followProgress } from '../follow-progress.ts';
import { withBuilder } from './build.ts';
import { withStoreLock } from './lock.ts';
import type { ImageStore } from './store.ts';

/** What dockerode has and its types lack: `docker save` of several images at once. */
type Saver = Docker & { getImages(options: { names: readonly string[] }): Promise<NodeJS.ReadableStream> };

/**
 * Writes all images into a file that `importImages` takes, on a machine that can reach neither registry nor packages.
 * @param file a tar as `docker save` makes it
 * @throws Error when images are missing or the file cannot be written
 */
export async function exportImages(store: ImageStore, file: string): Promise<void> {
  const names = store.inputs.map(({ name }) => store.reference(name));
  try {
    await withStoreLock(store, () =>
      withBuilder(store, async (docker) =>
        pipeline(await (docker as Saver).getImages({ names }), createWriteStream(file)),
      ),
    );
  } catch (error) {
    await rm(file, { force: true });
    throw new Error(`The images cannot be exported to ${file}: ${(error as Error).message}.`, { cause: error });
  }
}

/**
 * Takes over images that were exported elsewhere by the same version of proxyproof.
 * @throws Error when the file is no such file, or holds other images than this version uses
 */
export async function importImages(store: ImageStore, file: string): Promise<void> {
  try {
    await withStoreLock(store, () =>
      withBuilder(store, async (docker) => followProgress(docker, await docker.loadImage(createReadStream(file)))),
    );
  } catch (error) {
    throw new Error(`The images cannot be imported from ${file}: ${(error as Error).message}.`, { cause: error });
  }
  const missing = (await store.missing()).map(({ name }) => name);
  if (missing.length === 0) return;
  throw new Error(
    `${file} does not hold the images that this version of proxyproof uses: ${missing.join(', ')} are missing or are of another version. Export them again with this version.`,
  );
}
