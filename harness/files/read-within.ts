import { openReadable } from './open-readable.ts';
import { tooLarge } from './unfit-file.ts';

/**
 * Reads a text that a user names, be it a file or a pipe; a device without end is given up at the limit, and a pipe that
 * nobody writes to is not waited for.
 * @param mostBytes how large it may be
 * @param silentMs how long nothing may come through a pipe, in milliseconds
 * @throws UnfitFile when it is larger, or a pipe through which nothing comes; else the file system's error
 */
export async function readWithin(file: string, mostBytes: number, silentMs?: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of openReadable(file, silentMs)) {
    length += (chunk as Buffer).length;
    if (length > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
