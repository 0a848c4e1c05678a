import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageId, layersOf } from '../engine/image-database.ts';
import { IMAGE_NAMES } from '../spec.ts';
import type { ImageStore } from './store.ts';

/** Packages of Debian whose version matters to a verdict, with the name that people know. */
const PROGRAMS: Readonly<Record<string, string>> = {
  cntlm: 'cntlm',
  containerd: 'containerd',
  curl: 'curl',
  'docker-buildx': 'buildx',
  'docker-registry': 'registry',
  'docker.io': 'docker',
  git: 'git',
  'git-lfs': 'git-lfs',
  runc: 'runc',
  squid: 'squid',
};

/** Versions of programs, for each image by its name. */
export type ImagePrograms = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Which programs our images have, by Debian's own list in their layers: no container need run.
 * @param used references or ids of images; others than ours are left out, and so are ours without such a list
 */
export async function imagePrograms(store: ImageStore, used: ReadonlySet<string>): Promise<ImagePrograms> {
  const found = await Promise.all(
    IMAGE_NAMES.map(async (name) => {
      const id = await imageId(store, name);
      const counts = id !== undefined && (used.has(id) || used.has(store.reference(name)));
      return [name, counts ? programsIn(await packageList(store, id)) : {}] as const;
    }),
  );
  return Object.fromEntries(found.filter(([, programs]) => Object.keys(programs).length > 0));
}

/** Debian's list of packages, of the topmost layer that has one. */
async function packageList(store: ImageStore, id: string): Promise<string> {
  for (const layer of (await layersOf(store, id)).reverse()) {
    const text = await readFile(join(layer, 'var/lib/dpkg/status'), 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return '';
}

function programsIn(list: string): Record<string, string> {
  const versions: Record<string, string> = {};
  for (const paragraph of list.split('\n\n')) {
    const name = PROGRAMS[/^Package: (.+)$/m.exec(paragraph)?.[1] ?? ''];
    const version = /^Version: (?:\d+:)?(.+)$/m.exec(paragraph)?.[1];
    if (name !== undefined && version !== undefined) versions[name] = version;
  }
  return versions;
}
