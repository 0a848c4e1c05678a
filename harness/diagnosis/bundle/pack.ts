import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack as tar } from 'tar-stream';
import type { Bundle } from './bundle.ts';

/** A bundle as one .tar.gz; what cannot be read is left out. */
export async function packBundle({ files }: Bundle): Promise<Buffer> {
  const archive = tar();
  for (const { name, bytes } of files) archive.entry({ name, mode: 0o600 }, bytes);
  archive.finalize();
  return gzipSync(await buffer(archive));
}
