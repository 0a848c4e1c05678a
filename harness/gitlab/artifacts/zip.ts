import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { unzipSync, zipSync } from 'fflate';

/** `-rw-r--r--` of a regular file. */
const MODE = 0o100644 * 0x10000;
const UNIX = 3;

/** Makes a zip file with stored (uncompressed) entries. The same content gives the same bytes. */
export function zipOf(files: Readonly<Record<string, Buffer>>): Buffer {
  // The earliest date that a zip file knows; it has no time zone.
  const mtime = new Date(1980, 0, 1);
  return Buffer.from(zipSync({ ...files }, { level: 0, mtime, os: UNIX, attrs: MODE }));
}

/** A larger archive is not looked into, in bytes. */
const LOOKED_INTO = 8 * 1024 * 1024;
/** Nor are more of its files told. */
const MOST_FILES = 100;

/**
 * What is in an archive, as sha256sum prints it. What came of a transfer is told by it, whoever packed the archive.
 * @returns nothing for one that is large, or that cannot be read
 */
export async function filesOf(archive: string): Promise<readonly string[]> {
  if ((await stat(archive)).size > LOOKED_INTO) return [];
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(await readFile(archive), { filter: ({ originalSize }) => originalSize <= LOOKED_INTO });
  } catch {
    return [];
  }
  return Object.entries(files)
    .filter(([path]) => !path.endsWith('/'))
    .slice(0, MOST_FILES)
    .map(([path, content]) => `${createHash('sha256').update(content).digest('hex')}  ${path}`);
}
