import { readRegularFile, UnfitFile } from '../files/index.ts';
import { ReportError, reportError } from './error.ts';

/** The most that is read of one file, in bytes: what fits into one text. */
const MOST_BYTES = 500 * 2 ** 20;

/**
 * Reads a file of a run, which may be anybody's.
 * @throws ReportError when it cannot be read, is no regular file, or is too large
 */
export async function readRunFile(file: string): Promise<Buffer> {
  try {
    return await readRegularFile(file, MOST_BYTES);
  } catch (error) {
    if (!(error instanceof UnfitFile)) throw reportError(`read ${file}`, error);
    throw new ReportError(
      `Cannot read ${file}: it ${error.message}. Give the directory of a run; a run that is too large is made in parts, with --shard.`,
      { reason: 'usage' },
    );
  }
}
