import { zipSync } from 'fflate';

/** `-rw-r--r--` of a regular file. */
const MODE = 0o100644 * 0x10000;
const UNIX = 3;

/** Makes a zip file with one stored (uncompressed) entry. The same content gives the same bytes. */
export function zipOf(name: string, content: Buffer): Buffer {
  // The earliest date that a zip file knows; it has no time zone.
  const mtime = new Date(1980, 0, 1);
  return Buffer.from(zipSync({ [name]: [content, { level: 0, mtime, os: UNIX, attrs: MODE }] }));
}
