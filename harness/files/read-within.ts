import { createReadStream } from 'node:fs';
import { tooLarge } from './unfit-file.ts';

/**
 * Reads a text that a user names, be it a file or a pipe; a device without end is given up at the limit.
 * @param mostBytes how large it may be
 * @throws UnfitFile when it is larger; else the file system's error
 */
export async function readWithin(file: string, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(file)) {
    length += (chunk as Buffer).length;
    if (length > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
