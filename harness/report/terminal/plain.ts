import type { CaseOutcome } from '../../conformance/outcome.ts';
import { seconds } from '../picture/index.ts';
import { printable } from './printable.ts';
import type { Progress, ProgressStream } from './progress.ts';

/** One line for each finished case. */
export function plainProgress(stream: ProgressStream, total: number): Progress {
  let done = 0;
  const write = (before: string, outcome: CaseOutcome): void => {
    const why = ['pass', 'info'].includes(outcome.outcome) ? '' : `: ${printable(outcome.reason)}`;
    stream.write(`${before} ${outcome.outcome.padEnd(7)} ${outcome.id} (${seconds(outcome.durationMs)})${why}\n`);
  };
  return {
    started: () => {},
    waiting: () => {},
    finished: (outcome) => {
      done++;
      write(`${String(done).padStart(String(total).length)}/${total}`, outcome);
    },
    changed: (outcome) => write('changed to', outcome),
    stop: () => {},
  };
}
