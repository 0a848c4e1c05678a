import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What all images take together, measured for Debian 12; making them takes somewhat more. */
const LEAST_BYTES = 3 * 2 ** 30;
const NEEDED = '3.5 GiB';
/** A disk with less is full, in bytes: no layer fits. */
const FULL_BYTES = 16 * 2 ** 20;

/**
 * Refuses to begin to make all images where they cannot fit.
 * @param dir where images are kept; it need not be there
 */
export async function checkDiskSpace(dir: string): Promise<void> {
  const free = await freeBytes(dir);
  if (free < LEAST_BYTES) throw fullDisk(dir, free);
}

/**
 * Says that a disk is full, if that is why images could not be made; returns any other error unchanged.
 * Tools say it in words of their own, or blame something else, so the disk is asked as well.
 * @param dir where images are kept; it need not be there
 */
export async function explainFullDisk(error: Error, dir: string): Promise<Error> {
  if (error instanceof FullDiskError) return error;
  const free = await freeBytes(dir);
  const isFull = /no space left|ENOSPC|disk quota exceeded|EDQUOT/i.test(wordsOf(error)) || free < FULL_BYTES;
  return isFull ? fullDisk(dir, free, error) : error;
}

class FullDiskError extends Error {}

const fullDisk = (dir: string, free: number, cause?: Error): Error =>
  new FullDiskError(
    `The images cannot be made: the disk is too full. ${Math.floor(free / 2 ** 20)} MiB are free for ${dir}, and all images take about ${NEEDED}. Free some space, or set XDG_CACHE_HOME to a directory on another disk.`,
    { cause },
  );

/** Of the disk of a directory, or of the nearest one above it that is there. If nothing is known, it is not full. */
async function freeBytes(dir: string): Promise<number> {
  try {
    const { bavail, bsize, blocks } = await statfs(dir);
    // What has no blocks, such as /proc, is no disk: that nothing can be kept there is said by whoever tries.
    return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
  } catch {
    return dirname(dir) === dir ? Number.POSITIVE_INFINITY : freeBytes(dirname(dir));
  }
}

/** What an error and its causes say, and the last words of a program among them. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const stderr = 'stderr' in error ? String(error.stderr) : '';
  return `${error.message}\n${stderr}\n${wordsOf(error.cause)}`;
}
