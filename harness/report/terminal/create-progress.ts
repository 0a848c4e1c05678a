import { type Clock, realClock } from '../../clock/index.ts';
import { liveProgress } from './live.ts';
import { plainProgress } from './plain.ts';
import type { Progress, ProgressStream } from './progress.ts';

/**
 * Live on a terminal, plain lines elsewhere.
 * @param total how many cases there are
 * @param everyCase whether each of many cases gets a line where it is not live
 */
export function createProgress(
  stream: ProgressStream,
  total: number,
  { clock = realClock(), everyCase = false }: { readonly clock?: Clock; readonly everyCase?: boolean } = {},
): Progress {
  return stream.isTTY ? liveProgress(stream, total, clock) : plainProgress(stream, total, everyCase);
}
