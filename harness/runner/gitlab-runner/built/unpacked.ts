import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { findProgram } from '../../../process/index.ts';
import { SubjectError } from '../../resolve/error.ts';

type Bytes = AsyncIterable<Buffer>;

/** The first bytes of what is compressed, and what undoes it. */
const PACKINGS: readonly { readonly magic: string; readonly undo: (packed: Readable) => Bytes }[] = [
  { magic: '1f8b', undo: through(createGunzip) },
  { magic: '28b52ffd', undo: through(createZstdDecompress) },
  { magic: 'fd377a585a00', undo: throughXz },
];

/** Where a tar says that it is one. */
const TAR = { at: 257, magic: 'ustar' } as const;
/** What is read before anything is decided, in bytes. */
export const START_BYTES = 512;

/** Whether a file that begins like that is an archive that can be read here, whatever it is called. */
export const isArchive = (start: Buffer): boolean => isTar(start) || packingOf(start) !== undefined;

export const isTar = (start: Buffer): boolean =>
  start.toString('latin1', TAR.at, TAR.at + TAR.magic.length) === TAR.magic;

const packingOf = (start: Buffer) => PACKINGS.find(({ magic }) => start.toString('hex', 0, magic.length / 2) === magic);

/**
 * Undoes the compression of a stream, if it has one.
 * @returns its first bytes, as many as {@link START_BYTES} if it has them, and all of it
 * @throws SubjectError when the machine has nothing to undo it with
 */
export async function unpacked(source: Bytes): Promise<{ start: Buffer; stream: Readable }> {
  const packed = await peek(source);
  const packing = packingOf(packed.start);
  return packing ? peek(packing.undo(packed.stream)) : packed;
}

async function peek(source: Bytes): Promise<{ start: Buffer; stream: Readable }> {
  const rest = source[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  while (start.length < START_BYTES) {
    const { value, done } = await rest.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  const all = async function* (): AsyncGenerator<Buffer> {
    try {
      if (start.length > 0) yield start;
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  };
  return { start, stream: Readable.from(all(), { objectMode: false }) };
}

/** What goes wrong on the way in is told on the way out. */
function through(make: () => Transform): (packed: Readable) => Bytes {
  return (packed) => pipeline(packed, make(), () => {});
}

async function* throughXz(packed: Readable): AsyncGenerator<Buffer> {
  const program = findProgram('xz');
  if (program === undefined) {
    throw new SubjectError(
      'absent',
      'The archive is compressed with xz, which is not here: install it (Debian, Ubuntu: sudo apt-get install xz-utils), or unpack the archive yourself and give --helper the gitlab-runner-helper in it.',
    );
  }
  const child = spawn(program, ['--decompress', '--stdout'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  // It may stop to read before the end; its exit code then says so.
  pipeline(packed, child.stdin, () => {});
  try {
    yield* child.stdout;
    // What was cut short ends its output, too.
    const [code] = await ended;
    if (code !== 0) throw new Error('xz says that it is damaged or cut short');
  } finally {
    child.kill();
    packed.destroy();
  }
}
