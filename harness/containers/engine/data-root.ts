import { mkdir } from 'node:fs/promises';
import type { ImageStore } from '../images/store.ts';
import type { ImageName } from '../spec.ts';
import { cloneDataRoot } from './clone.ts';

/** Which images an engine has from the start. */
export interface StartingImages {
  /** None at all without it. */
  readonly store?: ImageStore;
  /** These alone: what the world itself runs in an engine that otherwise begins with none. */
  readonly only?: readonly ImageName[];
}

/** Where an engine keeps its data, with the images that it has from the start. */
export interface DataRoot extends StartingImages {
  readonly path: string;
}

/** Makes a data root. It needs nothing of the world, so it can be made while the rest of it starts. */
export async function makeDataRoot(path: string, images: StartingImages): Promise<DataRoot> {
  await mkdir(path, { recursive: true });
  if (images.store) await cloneDataRoot(images.store, path, images.only);
  return { path, ...images };
}
