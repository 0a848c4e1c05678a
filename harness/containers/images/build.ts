import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { type DockerDaemon, startDaemon } from '../engine/daemon.ts';
import { startInOwnMounts } from '../engine/start-in-own-mounts.ts';
import { followProgress } from '../follow-progress.ts';
import { IMAGE_NAMES } from '../spec.ts';
import { bringDebian } from './debian.ts';
import { DEBIAN_ARG, type ImageInput } from './input.ts';
import { withStoreLock } from './lock.ts';
import { reference } from './reference.ts';
import type { ImageStore } from './store.ts';

/** Told of what takes long, a line each. */
export type Say = (line: string) => void;

/** How many images are made at once: most of making one is unpacking, which one core does. */
const AT_ONCE = 2;

/** Variables by which package managers in a build find a proxy, if this machine has one. */
const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];

/** The daemon that makes images uses the machine's own network and changes nothing of it. */
const BUILDER = ['--bridge', 'none', '--iptables=false', '--ip6tables=false'];

/**
 * Makes the images that are not there yet, or not as their build contexts say.
 * @returns the names of those that were made
 * @throws Error that names the image and the step that failed
 */
export async function buildImages(store: ImageStore, say: Say): Promise<readonly string[]> {
  if ((await store.missing()).length === 0) return [];
  return withStoreLock(store, async () => {
    const missing = await store.missing();
    if (missing.length === 0) return [];
    await withBuilder(store, async (docker) => {
      const debian = reference('debian', 'bookworm');
      if (missing.some(({ name }) => name === 'base') && !(await store.held()).has(debian)) {
        await bringDebian(docker, debian, say);
      }
      await buildAll(docker, store, missing, debian, say);
    });
    return missing.map(({ name }) => name);
  });
}

/** Runs the daemon whose data root is the store, for as long as something is done with it. The store's lock must be held. */
export async function withBuilder<T>(store: ImageStore, work: (docker: Docker) => Promise<T>): Promise<T> {
  // In the store, so that what a killed process leaves is used again, and goes with it.
  const dir = join(store.dir, 'builder');
  await rm(dir, { recursive: true, force: true });
  await mkdir(store.dataRoot, { recursive: true });
  let daemon: DockerDaemon | undefined;
  try {
    daemon = await startDaemon({
      start: startInOwnMounts,
      dir,
      dataRoot: store.dataRoot,
      args: BUILDER,
      env: builderEnvironment(),
    });
    return await work(daemon.docker);
  } finally {
    await daemon?.[Symbol.asyncDispose]();
    await rm(dir, { recursive: true, force: true });
  }
}

const proxySettings = (): Record<string, string> =>
  Object.fromEntries(PROXY_VARIABLES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));

const builderEnvironment = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', ...proxySettings() });

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
