import { readRegularFile, UnfitFile } from '../../../files/index.ts';
import { ReportError, reportError } from '../../error.ts';

/** The most that is read of one file of a history, in bytes: a run of 2,000 failures has a hundredth of it. */
const MOST_BYTES = 200 * 2 ** 20;

/**
 * The text of a file of a history.
 * @returns undefined when there is no such file
 * @throws ReportError when it cannot be read
 */
export async function textIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readRegularFile(file, MOST_BYTES)).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (!(error instanceof UnfitFile)) throw reportError(`read ${file}`, error);
    throw new ReportError(`Cannot read ${file}: it ${error.message}. Remove it from the history's folder.`, {
      reason: 'usage',
    });
  }
}
