import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ImageStore } from '../images/store.ts';
import type { ImageName } from '../spec.ts';

/** Where a daemon notes which image goes by which name. */
export const TAGS = 'repositories.json';

type Repositories = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The tags of some images, in the form of `repositories.json`. */
export async function tagsOf(store: ImageStore, source: string, names: readonly ImageName[]): Promise<Repositories> {
  const { Repositories: all } = JSON.parse(await readFile(join(source, TAGS), 'utf8')) as {
    Repositories: Repositories;
  };
  const references = names.map((name) => store.reference(name));
  const own = Object.entries(all).map(([repository, tags]) => {
    const kept = Object.entries(tags).filter(([reference]) => references.includes(reference));
    return [repository, Object.fromEntries(kept)] as const;
  });
  return Object.fromEntries(own.filter(([, tags]) => Object.keys(tags).length > 0));
}

/** The entries of an image's layers in the database, from the lowest. @param id of the image, without its algorithm */
async function layerEntries(source: string, id: string): Promise<string[]> {
  const content = await readFile(join(source, 'imagedb', 'content', 'sha256', id), 'utf8');
  const { rootfs } = JSON.parse(content) as { rootfs: { diff_ids: readonly string[] } };
  let chain: string | undefined;
  return rootfs.diff_ids.map((diff) => {
    chain = chain === undefined ? diff : `sha256:${hash('sha256', `${chain} ${diff}`)}`;
    return join(source, 'layerdb', 'sha256', chain.replace('sha256:', ''));
  });
}

/** The id of an image of the store, as `sha256:…`; undefined where it has none of that name. */
export async function imageId(store: ImageStore, name: ImageName): Promise<string | undefined> {
  const tags = await tagsOf(store, join(store.dataRoot, 'image', 'overlay2'), [name]);
  return Object.values(tags).flatMap((each) => Object.values(each))[0];
}

/** The directories with the files of an image's layers, from the lowest. @param id as `imageId` has it */
export async function layersOf(store: ImageStore, id: string): Promise<string[]> {
  const source = join(store.dataRoot, 'image', 'overlay2');
  const entries = await layerEntries(source, id.replace('sha256:', ''));
  const ids = await Promise.all(entries.map((each) => readFile(join(each, 'cache-id'), 'utf8')));
  return ids.map((each) => join(store.dataRoot, 'overlay2', each.trim(), 'diff'));
}

/**
 * The paths of the image database that are about some images, the directories above them included.
 * Source: the layout of moby's image and layer stores; a chain id is specified in OCI's image-spec, config.md.
 */
export async function entriesOf(
  store: ImageStore,
  source: string,
  names: readonly ImageName[],
): Promise<ReadonlySet<string>> {
  const kept = new Set([source, join(source, 'layerdb'), join(source, 'imagedb')]);
  const tags = await tagsOf(store, source, names);
  for (const id of new Set(Object.values(tags).flatMap((each) => Object.values(each)))) {
    const hex = id.replace('sha256:', '');
    for (const kind of ['content', 'metadata']) add(join(source, 'imagedb', kind, 'sha256', hex));
    for (const layer of await layerEntries(source, hex)) {
      add(layer);
      for (const file of await readdir(layer)) kept.add(join(layer, file));
    }
  }
  return kept;

  function add(path: string): void {
    for (let at = path; at !== source; at = dirname(at)) kept.add(at);
  }
}
