import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unzip } from 'fflate';
import { extract } from 'tar-stream';
import { type Gathered, MOST_BYTES, MOST_FILE_BYTES } from './bundle.ts';

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';
const isTar = (bytes: Buffer): boolean => bytes.subarray(257, 262).toString('latin1') === 'ustar';

/** Whether bytes are an archive of a kind that is unpacked. */
export const isArchive = (bytes: Buffer): boolean => isGzip(bytes) || isZip(bytes) || isTar(bytes);

/**
 * Unpacks an archive into what was gathered: no link, no path out of it, and no more than the limits allow, whatever it says of itself.
 * @param name of the archive, for what is said of it
 */
export async function unpack(name: string, bytes: Buffer, gathered: Gathered): Promise<void> {
  try {
    if (isZip(bytes)) await unpackZip(name, bytes, gathered);
    else if (isTar(bytes)) await unpackTar(name, Readable.from([bytes]), gathered);
    else await unpackGzip(name, bytes, gathered);
  } catch {
    gathered.refuse(name, 'is an archive that cannot be unpacked to its end');
  }
}

async function unpackGzip(name: string, bytes: Buffer, gathered: Gathered): Promise<void> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of Readable.from([bytes]).pipe(createGunzip())) {
    length += (chunk as Buffer).length;
    if (length > MOST_BYTES) return void gathered.refuse(name, `unpacks to more than ${MOST_BYTES / 2 ** 20} MiB`);
    chunks.push(chunk as Buffer);
  }
  const inner = Buffer.concat(chunks);
  if (isTar(inner)) await unpackTar(name, Readable.from([inner]), gathered);
  else gathered.add(name.replace(/\.gz$/i, ''), inner);
}

async function unpackTar(name: string, from: Readable, gathered: Gathered): Promise<void> {
  const entries = from.pipe(extract());
  let seen = false;
  for await (const entry of entries) {
    seen = true;
    const { header } = entry;
    const inner = safeName(header.name);
    if (header.type !== 'file' && header.type !== 'contiguous-file') {
      if (header.type !== 'directory') gathered.refuse(header.name, 'is no regular file');
      entry.resume();
    } else if (inner === undefined) {
      gathered.refuse(header.name, 'would lie outside of the archive');
      entry.resume();
    } else if (!gathered.admits(inner, header.size ?? 0)) entry.resume();
    else {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      gathered.add(inner, Buffer.concat(chunks));
    }
  }
  if (!seen) gathered.refuse(name, 'is an archive without a file');
}

async function unpackZip(name: string, bytes: Buffer, gathered: Gathered): Promise<void> {
  let total = 0;
  const files = await new Promise<Record<string, Uint8Array>>((resolve, reject) => {
    unzip(
      bytes,
      {
        filter: ({ name: inner, originalSize }) => {
          if (inner.endsWith('/')) return false;
          if (safeName(inner) === undefined) return gathered.refuse(inner, 'would lie outside of the archive');
          total += originalSize;
          if (originalSize > MOST_FILE_BYTES || total > MOST_BYTES)
            return gathered.refuse(inner, 'is too large once it is unpacked');
          return true;
        },
      },
      (error, unzipped) => (error ? reject(error) : resolve(unzipped)),
    );
  });
  for (const [inner, content] of Object.entries(files)) gathered.add(safeName(inner) ?? name, Buffer.from(content));
}

/** A name within the archive; undefined for one that leads out of it. */
function safeName(name: string): string | undefined {
  const parts = name
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/');
}
