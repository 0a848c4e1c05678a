import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reportError } from './error.ts';

/**
 * Writes a text file, and the directories it needs.
 * @throws ReportError when it cannot be written: disk full, no permission, …
 */
export async function writeText(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw reportError(`write ${file}`, error);
  }
}

/** @throws ReportError when it cannot be read */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw reportError(`read ${file}`, error);
  }
}
