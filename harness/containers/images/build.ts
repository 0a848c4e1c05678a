import type Docker from 'dockerode';
import { followProgress } from '../follow-progress.ts';
import { IMAGE_NAMES } from '../spec.ts';
import { bringDebian } from './debian.ts';
import { checkDiskSpace, explainFullDisk } from './full-disk.ts';
import { DEBIAN_ARG, type ImageInput } from './input.ts';
import { withStoreLock } from './lock.ts';
import type { Making, Say } from './making.ts';
import { proxySettings } from './proxy-settings.ts';
import { reference } from './reference.ts';
import type { ImageStore } from './store.ts';
import { withBuilder } from './with-builder.ts';

/** How many images are made at once: most of making one is unpacking, which one core does. */
const AT_ONCE = 2;

/**
 * Makes the images that are not there yet, or not as their build contexts say.
 * @returns the names of those that were made
 * @throws Error that names the image and the step that failed, or says that the disk is full; the signal's reason
 */
export async function buildImages(store: ImageStore, making: Making = {}): Promise<readonly string[]> {
  if ((await store.missing()).length === 0) return [];
  const { signal, say = () => {} } = making;
  const make = async (docker: Docker, dir: string): Promise<readonly string[]> => {
    const missing = await store.missing();
    const debian = reference('debian', 'bookworm');
    if (missing.some(({ name }) => name === 'base') && !(await store.held()).has(debian)) {
      await checkDiskSpace(store.dir);
      await bringDebian({ docker, tag: debian, dir, say, signal });
    }
    await buildAll(docker, store, missing, debian, say);
    return missing.map(({ name }) => name);
  };
  const whenAlone = async (): Promise<readonly string[]> =>
    // Another may have made them while this one waited.
    (await store.missing()).length === 0 ? [] : withBuilder(store, make, signal);
  return withStoreLock(store, whenAlone, making).catch(async (error: Error) => {
    signal?.throwIfAborted();
    throw await explainFullDisk(error, store.dir);
  });
}

/** Makes images as what they build on gets ready, those first that stand first in the list. */
async function buildAll(
  docker: Docker,
  store: ImageStore,
  images: readonly ImageInput[],
  debian: string,
  say: Say,
): Promise<void> {
  const waiting = IMAGE_NAMES.flatMap((name) => images.filter((each) => each.name === name));
  const unready = new Set(images.map(({ name }) => name));
  let changed = Promise.withResolvers<void>();
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const next = waiting.findIndex(({ uses }) => uses.every((each) => !unready.has(each)));
      const [image] = next < 0 ? [] : waiting.splice(next, 1);
      if (!image) {
        await changed.promise;
        continue;
      }
      await buildOne(docker, store, image, debian, say);
      unready.delete(image.name);
      changed.resolve();
      changed = Promise.withResolvers();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function buildOne(docker: Docker, store: ImageStore, image: ImageInput, debian: string, say: Say): Promise<void> {
  const began = performance.now();
  const uses = Object.fromEntries(image.uses.map((each) => [each.toUpperCase(), store.reference(each)]));
  const stream = await docker.buildImage(
    { context: image.dir, src: ['.'] },
    {
      t: store.reference(image.name),
      networkmode: 'host',
      buildargs: { ...proxySettings(), ...uses, ...(image.name === 'base' ? { [DEBIAN_ARG]: debian } : {}) },
      rm: true,
      forcerm: true,
    },
  );
  await followProgress(docker, stream).catch((error: Error) => {
    throw new Error(`The image ${image.name} cannot be made from ${image.dir}: ${error.message}.`, { cause: error });
  });
  say(`made the image ${image.name} in ${Math.round((performance.now() - began) / 1000)} s`);
}
