import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { execa } from 'execa';
import { pack } from 'tar-stream';

/** Where helper images have their program. */
const PROGRAM = 'usr/bin/gitlab-runner-helper';

/** Layers from the lowest; each has the helper's program, or has it not. */
type Layers = readonly (readonly [string] | readonly [])[];

type Compression = 'none' | 'gzip' | 'xz' | 'zstd';

async function tar(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name, mode: 0o755 }, content as string);
  archive.finalize();
  return Buffer.concat(await Readable.from(archive).toArray());
}

async function compressed(content: Buffer, compression: Compression): Promise<Buffer> {
  if (compression === 'gzip') return gzipSync(content);
  if (compression === 'zstd') return zstdCompressSync(content);
  if (compression === 'none') return content;
  const { stdout } = await execa('xz', ['--stdout'], { input: content, encoding: 'buffer' });
  return Buffer.from(stdout);
}

async function write(file: string, content: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** What `docker export` makes, as `prebuilt-*.tar.xz` is made. */
export async function rootFileSystem(file: string, program: string, compression: Compression): Promise<void> {
  const files = { 'etc/passwd': 'root:x:0:0\n', [PROGRAM]: program, 'usr/bin/git': 'x'.repeat(3000) };
  await write(file, await compressed(await tar(files), compression));
}

const layerTar = async (layer: Layers[number]): Promise<Buffer> =>
  tar({ 'etc/passwd': '{}', ...(layer[0] === undefined ? {} : { [`./${PROGRAM}`]: layer[0] }) });

/** What `docker save` makes. */
export async function savedImage(file: string, layers: Layers): Promise<void> {
  const files: Record<string, string | Buffer> = {};
  for (const [at, layer] of layers.entries()) files[`${at}.tar`] = await layerTar(layer);
  const Layers = layers.map((_, at) => `${at}.tar`);
  await write(file, await tar({ ...files, 'manifest.json': JSON.stringify([{ Config: 'c', RepoTags: [], Layers }]) }));
}

/** What buildx makes with `type=oci`. @param also an image for this machine, beside the first one of another processor */
export async function ociImage(
  file: string,
  layers: Layers,
  { architecture, also }: { readonly architecture?: string; readonly also?: Layers } = {},
): Promise<void> {
  const files: Record<string, string | Buffer> = {};
  const blob = (content: string | Buffer): { digest: string; size: number } => {
    const hash = createHash('sha256').update(content).digest('hex');
    files[`blobs/sha256/${hash}`] = content;
    return { digest: `sha256:${hash}`, size: content.length };
  };
  const imageOf = async (all: Layers) => {
    const made = [];
    for (const each of all) made.push(blob(await compressed(await layerTar(each), 'gzip')));
    return blob(JSON.stringify({ schemaVersion: 2, config: blob('{}'), layers: made }));
  };
  const own = process.arch === 'x64' ? 'amd64' : process.arch;
  const manifests = [{ ...(await imageOf(layers)), platform: { os: 'linux', architecture: architecture ?? own } }];
  if (also) manifests.push({ ...(await imageOf(also)), platform: { os: 'linux', architecture: own } });
  // buildx has one index in the other.
  const inner = blob(JSON.stringify({ schemaVersion: 2, manifests }));
  await write(file, await tar({ ...files, 'index.json': JSON.stringify({ schemaVersion: 2, manifests: [inner] }) }));
}
