import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reportError } from './error.ts';

/**
 * Writes a text file, and the directories it needs.
 * @throws ReportError when it cannot be written: disk full, no permission, …
 */
export async function writeText(file: string, text: string): Promise<void> {
  try {
    await makeDirectories(dirname(file));
    await writeFile(file, text);
  } catch (error) {
    throw reportError(`write ${file}`, error);
  }
}

/**
 * Makes a directory and those above it. Node's own recursive mkdir never returns where the kernel answers ENOENT below
 * a directory that exists, as in /proc.
 * @throws the file system's error
 */
export async function makeDirectories(dir: string): Promise<void> {
  try {
    await mkdir(dir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(dir) === dir) throw error;
    await makeDirectories(dirname(dir));
    await mkdir(dir).catch(unlessThere);
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
