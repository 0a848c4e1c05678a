import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readRegularFile, UnfitFile } from '../../files/index.ts';
import { isArchive, unpack } from './archive.ts';
import { type Bundle, Gathered, MOST_FILE_BYTES } from './bundle.ts';

/** How deep directories are looked into. */
const MOST_DEPTH = 40;

/**
 * Reads what a customer handed over: a file, an archive (.tar, .tar.gz, .zip), or a directory of either. Links are not followed.
 * @param path of a file or a directory
 * @throws UnfitFile when it is neither; else the file system's error
 */
export async function openBundle(path: string): Promise<Bundle> {
  const info = await lstat(path);
  if (info.isDirectory()) {
    const gathered = new Gathered();
    await walk(path, '', gathered, 0);
    // A directory may be that of one unit's drop-ins.
    const files = gathered.files.map((each) => ({ ...each, path: `${basename(path)}/${each.name}` }));
    return { files, unread: gathered.unread };
  }
  if (!info.isFile() && !info.isSymbolicLink()) throw new UnfitFile('is neither a file nor a directory');
  return bundleOf(basename(path), await readRegularFile(path, 4 * MOST_FILE_BYTES));
}

/**
 * What somebody handed over as one text or archive.
 * @param name by which it is spoken of
 */
export async function bundleOf(name: string, bytes: Buffer): Promise<Bundle> {
  const gathered = new Gathered();
  if (isArchive(bytes)) await unpack(name, bytes, gathered);
  else gathered.add(name, bytes);
  return gathered;
}

async function walk(root: string, below: string, gathered: Gathered, depth: number): Promise<void> {
  if (depth > MOST_DEPTH) return void gathered.refuse(below, `lies more than ${MOST_DEPTH} directories deep`);
  const entries = await readdir(join(root, below), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      // One that may not be read does not stop the others.
      await walk(root, name, gathered, depth + 1).catch(() => gathered.refuse(name, 'cannot be opened'));
    } else if (entry.isSymbolicLink()) gathered.refuse(name, 'is a link, which is not followed');
    else if (!entry.isFile()) gathered.refuse(name, 'is no regular file');
    else await take(join(root, name), name, gathered);
  }
}

async function take(path: string, name: string, gathered: Gathered): Promise<void> {
  try {
    const bytes = await readRegularFile(path, MOST_FILE_BYTES);
    if (isArchive(bytes)) await unpack(name, bytes, gathered);
    else gathered.add(name, bytes);
  } catch (error) {
    gathered.refuse(name, error instanceof UnfitFile ? error.message : 'cannot be opened');
  }
}
