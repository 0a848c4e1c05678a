import { seconds } from '../picture/index.ts';
import { printable } from './printable.ts';
import type { Progress, ProgressStream } from './progress.ts';

/** One line for each finished case. */
export function plainProgress(stream: ProgressStream, total: number): Progress {
  let done = 0;
  return {
    started: () => {},
    waiting: () => {},
    finished: (outcome) => {
      done++;
      const count = `${String(done).padStart(String(total).length)}/${total}`;
      const why = ['pass', 'info'].includes(outcome.outcome) ? '' : `: ${printable(outcome.reason)}`;
      stream.write(`${count} ${outcome.outcome.padEnd(7)} ${outcome.id} (${seconds(outcome.durationMs)})${why}\n`);
    },
    stop: () => {},
  };
}
