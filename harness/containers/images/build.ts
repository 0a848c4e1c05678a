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
import { UNNAMED } from './tidy.ts';
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
    const held = await store.held();
    for (const { suite } of missing.filter(({ name }) => name === 'base')) {
      const tag = debianOf(suite);
      if (held.has(tag)) continue;
      await checkDiskSpace(store.dir);
      await bringDebian({ docker, tag, suite, dir, say, signal });
    }
    await buildAll(docker, missing, say);
    // Stages that are left behind have no name, and take as much as an image.
    await docker.pruneImages(UNNAMED);
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

/** The name of the Debian that images build on. @param suite where it is not the machine's own */
const debianOf = (suite = 'bookworm'): string => reference('debian', suite);

/** Makes images as what they build on gets ready, those first that stand first in the list. */
async function buildAll(docker: Docker, images: readonly ImageInput[], say: Say): Promise<void> {
  const waiting = IMAGE_NAMES.flatMap((name) => images.filter((each) => each.name === name));
  const unready = new Set(images.map(({ reference }) => reference));
  let changed = Promise.withResolvers<void>();
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const next = waiting.findIndex(({ on }) => on.every((each) => !unready.has(each)));
      const [image] = next < 0 ? [] : waiting.splice(next, 1);
      if (!image) {
        await changed.promise;
        continue;
      }
      await buildOne(docker, image, say);
      unready.delete(image.reference);
      changed.resolve();
      changed = Promise.withResolvers();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const nameOf = ({ name, suite }: ImageInput): string => (suite === undefined ? name : `${name} of ${suite}`);

async function buildOne(docker: Docker, image: ImageInput, say: Say): Promise<void> {
  const began = performance.now();
  const uses = Object.fromEntries(image.uses.map((each, at) => [each.toUpperCase(), image.on[at]]));
  const stream = await docker.buildImage(
    { context: image.dir, src: ['.'] },
    {
      t: image.reference,
      networkmode: 'host',
      buildargs: {
        ...proxySettings(),
        ...uses,
        ...(image.name === 'base' ? { [DEBIAN_ARG]: debianOf(image.suite) } : {}),
      },
      rm: true,
      forcerm: true,
    },
  );
  await followProgress(docker, stream).catch((error: Error) => {
    throw new Error(`The image ${nameOf(image)} cannot be made from ${image.dir}: ${error.message}.`, { cause: error });
  });
  say(`made the image ${nameOf(image)} in ${Math.round((performance.now() - began) / 1000)} s`);
}
