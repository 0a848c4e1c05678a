import { crc32 } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION = 20;
/** The first of January 1980, the earliest date that a zip file knows: the same content gives the same bytes. */
const DOS_DATE = 0x21;
/** `-rw-r--r--` of a regular file, made on Unix. */
const MODE = 0o100644 * 0x10000;

/** Makes a zip file with one stored (uncompressed) entry, as PKWARE's APPNOTE 4.3 lays it out. */
export function zipOf(name: string, content: Buffer): Buffer {
  const path = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(VERSION, 0);
  common.writeUInt16LE(DOS_DATE, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([uint32(LOCAL_HEADER), common, path, content]);
  const central = centralHeader(common, path);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

function centralHeader(common: Buffer, path: Buffer): Buffer {
  const madeOnUnix = Buffer.alloc(2);
  madeOnUnix.writeUInt16LE(0x0300 | VERSION);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(MODE, 6);
  return Buffer.concat([uint32(CENTRAL_HEADER), madeOnUnix, common, rest, path]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
