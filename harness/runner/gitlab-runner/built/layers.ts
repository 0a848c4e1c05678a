import { z } from 'zod';

/** `manifest.json` of `docker save` and of skopeo's docker-archive. */
const saved = z.array(z.object({ Layers: z.array(z.string()) }));

const descriptor = z.object({
  digest: z.string(),
  platform: z.object({ architecture: z.string() }).partial().optional(),
});
/** `index.json` of the OCI's layout, and indexes that it leads to. */
const index = z.object({ manifests: z.array(descriptor) });
const manifest = z.object({ layers: z.array(descriptor) });

/** An image in an archive. */
export interface ImageLayers {
  /** Go's name of its processor, where the archive says it. */
  readonly architecture?: string;
  /** Names of the archive's files, the lowest first. */
  readonly layers: readonly string[];
}

/**
 * Reads which images an archive holds.
 * @param documents the archive's JSON, by the names of its files
 */
export function imagesOf(documents: ReadonlyMap<string, unknown>): ImageLayers[] {
  const docker = saved.safeParse(documents.get('manifest.json'));
  if (docker.success) return docker.data.map(({ Layers }) => ({ layers: Layers }));
  return follow(documents.get('index.json'), documents, undefined, 0);
}

/** How deep indexes may lie in indexes; two are usual. */
const DEEPEST = 5;

function follow(
  document: unknown,
  documents: ReadonlyMap<string, unknown>,
  architecture: string | undefined,
  depth: number,
): ImageLayers[] {
  const leaf = manifest.safeParse(document);
  if (leaf.success) {
    const layers = leaf.data.layers.map(({ digest }) => blob(digest));
    return [{ layers, ...(architecture === undefined ? {} : { architecture }) }];
  }
  const inner = index.safeParse(document);
  if (!inner.success || depth === DEEPEST) return [];
  return inner.data.manifests.flatMap(({ digest, platform }) =>
    follow(documents.get(blob(digest)), documents, platform?.architecture ?? architecture, depth + 1),
  );
}

const blob = (digest: string): string => `blobs/${digest.replace(':', '/')}`;
