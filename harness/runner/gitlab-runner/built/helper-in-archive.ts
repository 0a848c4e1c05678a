import { createReadStream, createWriteStream } from 'node:fs';
import { join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { goArchitecture } from '../../architecture.ts';
import { HELPER } from './find.ts';
import { imagesOf } from './layers.ts';
import { isTar, unpacked } from './unpacked.ts';

type Entry = ReturnType<typeof extract> extends AsyncIterable<infer E> ? E : never;

/** Where helper images have it, as a tar names it. */
const PLACE = `usr/bin/${HELPER}`;
/** The largest file, in bytes, that can be a manifest. */
const LARGEST_MANIFEST = 4 * 2 ** 20;

/**
 * Takes the helper's program out of a root file system, an image of the OCI or a docker-archive: a tar, compressed or not.
 * @param dir an empty directory, for what is found
 * @param arch the processor that it is for, in Node's words
 * @returns the program's path, in that directory; undefined when the archive has none
 * @throws SubjectError when the machine cannot undo its compression
 * @throws Error when it is damaged
 */
export async function helperInArchive(archive: string, dir: string, arch: string): Promise<string | undefined> {
  const documents = new Map<string, unknown>();
  /** Paths of programs, by the layer they were in. */
  const found = new Map<string, string>();
  const { stream } = await unpacked(createReadStream(archive));
  for await (const entry of entriesOf(stream)) {
    const name = nameOf(entry);
    if (name === PLACE && isFile(entry)) return await keep(entry, join(dir, 'program'));
    const { start, stream: content } = await unpacked(entry as AsyncIterable<Buffer>);
    if (isTar(start)) {
      const program = await helperInLayer(content, join(dir, `program-${found.size}`));
      if (program !== undefined) found.set(name, program);
    } else if (/^\s*[{[]/.test(start.toString('latin1')) && (entry.header.size ?? 0) < LARGEST_MANIFEST) {
      documents.set(name, parsed(await textOf(content)));
    } else await drain(content);
  }
  const images = imagesOf(documents).filter(({ layers }) => layers.some((each) => found.has(each)));
  const image = images.find(({ architecture }) => architecture === goArchitecture(arch)) ?? images[0];
  // What a layer has, it has in place of those below it.
  const layer = image?.layers.findLast((each) => found.has(each));
  return layer === undefined ? undefined : found.get(layer);
}

async function helperInLayer(tar: Readable, path: string): Promise<string | undefined> {
  let program: string | undefined;
  for await (const entry of entriesOf(tar)) {
    if (nameOf(entry) === PLACE && isFile(entry)) program = await keep(entry, path);
    else await drain(entry);
  }
  return program;
}

/** @throws Error when the tar is damaged */
async function* entriesOf(tar: Readable): AsyncGenerator<Entry> {
  const entries = extract();
  const reading = pipeline(tar, entries);
  // The entries throw it, too.
  reading.catch(() => {});
  yield* entries;
  await reading;
}

const nameOf = ({ header }: Entry): string => normalize(header.name).replace(/^\/+/, '');

const isFile = ({ header }: Entry): boolean => header.type === 'file' || header.type === 'contiguous-file';

async function keep(entry: Entry, path: string): Promise<string> {
  await pipeline(entry, createWriteStream(path, { mode: 0o755 }));
  return path;
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  return Buffer.concat(await Readable.from(stream).toArray()).toString();
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
