import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** An image as a registry holds it: digests of the form `sha256:…`. */
export interface HeldImage {
  readonly manifest: string;
  /** Its configuration and its layers. */
  readonly blobs: readonly string[];
}

/** Where distribution's file system driver keeps everything, below its root. */
const ROOT = 'docker/registry/v2';

const hexOf = (digest: string): string => digest.replace(/^sha256:/, '');

/** The directory of a blob, below the directory of all blobs. */
export const blobDirectory = (digest: string): string => join('sha256', hexOf(digest).slice(0, 2), hexOf(digest));

/**
 * Puts an image into a registry's storage under a tag, `latest` by default, without copying a blob: links lead to where they are.
 * @param storage the registry's root directory
 * @param blobs where the registry finds the directory of all blobs
 * Source: distribution's registry/storage/paths.go
 */
export async function holdImage(
  storage: string,
  { repository, tag: name = 'latest' }: { readonly repository: string; readonly tag?: string },
  image: HeldImage,
  blobs: string,
): Promise<void> {
  const root = join(storage, ROOT);
  const here = join(root, 'repositories', repository);
  const manifest = join('sha256', hexOf(image.manifest), 'link');
  const tag = join('_manifests', 'tags', name);
  const links: [string, string][] = [
    ...image.blobs.map((digest): [string, string] => [join('_layers', 'sha256', hexOf(digest), 'link'), digest]),
    [join('_manifests', 'revisions', manifest), image.manifest],
    [join(tag, 'current', 'link'), image.manifest],
    [join(tag, 'index', manifest), image.manifest],
  ];
  await Promise.all([
    ...links.map(async ([path, digest]) => {
      await mkdir(dirname(join(here, path)), { recursive: true });
      await writeFile(join(here, path), digest);
    }),
    ...[image.manifest, ...image.blobs].map(async (digest) => {
      const link = join(root, 'blobs', blobDirectory(digest));
      await mkdir(dirname(link), { recursive: true });
      // Images have layers in common.
      await symlink(join(blobs, blobDirectory(digest)), link).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }),
  ]);
}

/** The tags of a repository as the storage has them. */
export async function tagsIn(storage: string, repository: string): Promise<readonly string[]> {
  const dir = join(storage, ROOT, 'repositories', repository, '_manifests', 'tags');
  return (await readdir(dir).catch(() => [])).sort();
}
