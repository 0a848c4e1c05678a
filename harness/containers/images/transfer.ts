import { createReadStream, createWriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { openWritable, UnfitFile } from '../../files/index.ts';
import { ownLabel } from '../../process/index.ts';
import { followProgress } from '../follow-progress.ts';
import { withStoreLock } from './lock.ts';
import type { Making } from './making.ts';
import type { ImageStore } from './store.ts';
import { noteUndo } from './tidy.ts';
import { withBuilder } from './with-builder.ts';

/** What dockerode has and its types lack: `docker save` of several images at once. */
type Saver = Docker & { getImages(options: { names: readonly string[] }): Promise<NodeJS.ReadableStream> };

/**
 * Writes all images into a file that `importImages` takes, on a machine that can reach neither registry nor packages.
 * @param file a tar as `docker save` makes it; it is there when it is whole
 * @throws Error when images are missing or the file cannot be written; the signal's reason
 */
export async function exportImages(store: ImageStore, file: string, making: Making = {}): Promise<void> {
  const names = store.inputs.map(({ reference }) => reference);
  const save = async (docker: Docker): Promise<void> => {
    const images = async (): Promise<NodeJS.ReadableStream> => (docker as Saver).getImages({ names });
    // A device or a pipe has no name that a whole file could be given.
    if (!(await isFileOrNothing(file))) return pipeline(await images(), openWritable(file));
    const part = `${file}.${ownLabel().label}.part`;
    await noteUndo(store, { file: part });
    await pipeline(await images(), createWriteStream(part));
    await rename(part, file);
  };
  await withStoreLock(store, () => withBuilder(store, save, making.signal), making).catch((error: Error) => {
    throw explained(`The images cannot be exported to ${file}`, error, making);
  });
}

/**
 * Takes over images that were exported elsewhere by the same version of proxyproof. When the file is not what it should
 * be, the store is as it was.
 * @throws Error when the file is no such file, or holds other images than this version uses; the signal's reason
 */
export async function importImages(store: ImageStore, file: string, making: Making = {}): Promise<void> {
  const load = async (docker: Docker): Promise<void> => {
    // To wait for the writer of a pipe, nothing can interrupt.
    if (!(await stat(file)).isFile()) throw new Error('it is no regular file');
    await noteUndo(store, { images: [...(await store.held())] });
    await followProgress(docker, await docker.loadImage(createReadStream(file)));
    const missing = (await store.missing()).map(({ name }) => name);
    if (missing.length === 0) return;
    const lacks =
      missing.length === 1 ? 'is missing or is of another version' : 'are missing or are of another version';
    throw new Error(
      `it does not hold the images that this version of proxyproof uses: ${missing.join(', ')} ${lacks}. Export them again with this version`,
    );
  };
  await withStoreLock(store, () => withBuilder(store, load, making.signal), making).catch((error: Error) => {
    throw explained(`The images cannot be imported from ${file}`, error, making);
  });
}

const isFileOrNothing = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => true,
  );

function explained(what: string, error: Error, { signal }: Making): Error {
  if (signal?.aborted && error === signal.reason) return error;
  const why = error instanceof UnfitFile ? `it ${error.message}` : error.message;
  return new Error(`${what}: ${why}.`, { cause: error });
}
