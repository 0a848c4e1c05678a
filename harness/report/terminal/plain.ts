import type { CaseOutcome } from '../../conformance/outcome.ts';
import { seconds } from '../picture/index.ts';
import { printable } from './printable.ts';
import type { Progress, ProgressStream } from './progress.ts';

/** One line for each finished case. */
export function plainProgress(stream: ProgressStream, total: number): Progress {
  let done = 0;
  const write = (before: string, outcome: CaseOutcome): void => {
    const why = ['pass', 'info'].includes(outcome.outcome) ? '' : `: ${printable(inBrief(outcome))}`;
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

/** The first of several findings is enough for a line; the report has all of them. An error is none of the subject's. */
function inBrief({ findings, outcome, reason }: CaseOutcome): string {
  if (outcome === 'error') return reason;
  const [first, ...others] = findings.filter(({ verdict }) => verdict === 'fails');
  if (!first || others.length === 0) return reason;
  return `Expected: ${first.expected}. Observed: ${first.observed}. And ${others.length} more.`;
}
