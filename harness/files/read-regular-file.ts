import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { tooLarge, UnfitFile } from './unfit-file.ts';

/**
 * Reads a file that may be anybody's: a device or a pipe, which has no end, is refused.
 * @param mostBytes how large it may be, in bytes
 * @throws UnfitFile when it is no regular file, or is larger than that; else the file system's error
 */
export async function readRegularFile(file: string, mostBytes: number): Promise<Buffer> {
  // A pipe that nobody writes to must not be waited for.
  await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const info = await handle.stat();
  if (!info.isFile()) throw new UnfitFile('is no regular file');
  if (info.size > mostBytes) throw tooLarge(mostBytes);
  const bytes = Buffer.allocUnsafe(info.size);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
