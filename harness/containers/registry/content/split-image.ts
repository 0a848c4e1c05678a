import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { blobDirectory, type HeldImage } from './layout.ts';

/** Files of an image's archive that are documents rather than layers are smaller, in bytes. */
const SMALL = 1024 * 1024;

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const CONFIGURATION = 'application/vnd.docker.container.image.v1+json';
/** Layers stay uncompressed: what packing and unpacking costs is nobody's question here. */
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar';

interface Blob {
  readonly digest: string;
  readonly size: number;
}

/**
 * Takes an image's archive, as `docker save` gives it, apart into the blobs of a registry.
 * @param blobs the directory of all blobs; those that are there already stay
 * @throws Error when the archive is not that of one image
 */
export async function splitImage(archive: Readable, blobs: string): Promise<HeldImage> {
  const files = new Map<string, Blob>();
  const links = new Map<string, string>();
  const documents = new Map<string, Buffer>();
  const entries = archive.pipe(extract());
  for await (const entry of entries) {
    const { name, type, size = 0, linkname } = entry.header;
    if (type === 'file' && size < SMALL) {
      const content = await buffer(entry);
      documents.set(name, content);
    } else if (type === 'file') files.set(name, await storeBlob(entry, blobs));
    else {
      if (linkname) links.set(name, type === 'link' ? linkname : posix.join(posix.dirname(name), linkname));
      entry.resume();
    }
  }
  const [image, ...others] = parsed(documents.get('manifest.json'));
  if (!image || others.length > 0) throw new Error('This is not the archive of one image.');
  const blobOf = async (name: string): Promise<Blob> => {
    const real = links.get(name) ?? name;
    const known = files.get(real);
    if (known) return known;
    const content = documents.get(real);
    if (!content) throw new Error(`The archive of an image lacks ${real}.`);
    return storeDocument(content, blobs);
  };
  const config = await blobOf(image.Config);
  const layers: Blob[] = [];
  for (const name of image.Layers) layers.push(await blobOf(name));
  const manifest = await storeDocument(Buffer.from(manifestOf(config, layers)), blobs);
  return { manifest: manifest.digest, blobs: [config, ...layers].map(({ digest }) => digest) };
}

/** Source: https://distribution.github.io/distribution/spec/manifest-v2-2/ */
function manifestOf(config: Blob, layers: readonly Blob[]): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: CONFIGURATION, ...config },
    layers: layers.map((each) => ({ mediaType: LAYER, ...each })),
  });
}

const parsed = (manifest: Buffer | undefined): { readonly Config: string; readonly Layers: readonly string[] }[] =>
  manifest ? JSON.parse(manifest.toString()) : [];

async function storeBlob(content: AsyncIterable<unknown>, blobs: string): Promise<Blob> {
  const part = join(blobs, `${randomUUID()}.part`);
  const hash = createHash('sha256');
  let size = 0;
  const measured = async function* () {
    for await (const chunk of content) {
      if (!Buffer.isBuffer(chunk)) continue;
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  };
  try {
    await pipeline(measured, createWriteStream(part));
    const digest = `sha256:${hash.digest('hex')}`;
    const data = join(blobs, blobDirectory(digest), 'data');
    await mkdir(dirname(data), { recursive: true });
    await rename(part, data);
    return { digest, size };
  } finally {
    await rm(part, { force: true });
  }
}

async function storeDocument(content: Buffer, blobs: string): Promise<Blob> {
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  const data = join(blobs, blobDirectory(digest), 'data');
  await mkdir(dirname(data), { recursive: true });
  await writeFile(data, content);
  return { digest, size: content.length };
}
