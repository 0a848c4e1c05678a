import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { ReportError, reportError } from './error.ts';

/** The most that is read of one file, in bytes: what fits into one text. */
const MOST_BYTES = 500 * 2 ** 20;

/**
 * Reads a file of a run, which may be anybody's: a device or a pipe, which has no end, is refused.
 * @throws ReportError when it cannot be read, is no regular file, or is larger than the limit
 */
export async function readRegularFile(file: string, mostBytes = MOST_BYTES): Promise<Buffer> {
  try {
    // A pipe that nobody writes to must not be waited for.
    await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const info = await handle.stat();
    if (!info.isFile()) {
      throw new ReportError(`Cannot read ${file}: it is no regular file. Give the directory of a run.`, {
        reason: 'usage',
      });
    }
    if (info.size > mostBytes) throw tooLarge(file, mostBytes);
    const bytes = Buffer.allocUnsafe(info.size);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } catch (error) {
    throw reportError(`read ${file}`, error);
  }
}

const tooLarge = (file: string, mostBytes: number): ReportError =>
  new ReportError(
    `${file} is larger than ${Math.floor(mostBytes / 2 ** 20)} MiB, the most that is read. Run fewer cases at once, with --shard.`,
    { reason: 'usage' },
  );
