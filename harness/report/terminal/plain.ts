import { type CaseOutcome, type Outcome, outcomeNames } from '../../conformance/outcome.ts';
import { marks } from '../marks.ts';
import { seconds } from '../picture/index.ts';
import { printable } from './printable.ts';
import type { Progress, ProgressStream } from './progress.ts';

/** Up to so many cases each has a line; of more only what went wrong has one, and how far it is. */
const FEW = 50;
/** How often it is said how far it is. */
const TIMES = 20;
const QUIET: ReadonlySet<Outcome> = new Set(['pass', 'info', 'skip']);

/**
 * A line for each finished case; of many, for each that went wrong, and now and then how far it is.
 * @param everyCase whether each has a line, however many there are
 */
export function plainProgress(stream: ProgressStream, total: number, everyCase = false): Progress {
  let done = 0;
  const each = everyCase || total <= FEW;
  const step = Math.ceil(total / TIMES);
  const counts = new Map<Outcome, number>();
  const write = (before: string, outcome: CaseOutcome): void => {
    const why = ['pass', 'info'].includes(outcome.outcome) ? '' : `: ${printable(inBrief(outcome))}`;
    stream.write(`${before} ${outcome.outcome.padEnd(7)} ${outcome.id} (${seconds(outcome.durationMs)})${why}\n`);
  };
  return {
    started: () => {},
    waiting: () => {},
    finished: (outcome) => {
      done++;
      counts.set(outcome.outcome, (counts.get(outcome.outcome) ?? 0) + 1);
      const place = `${String(done).padStart(String(total).length)}/${total}`;
      if (each || !isQuiet(outcome)) write(place, outcome);
      if (!each && (done % step === 0 || done === total)) stream.write(`${place} ${tally(counts)}\n`);
    },
    changed: (outcome) => write('changed to', outcome),
    stop: () => {},
  };
}

/** As expected, as far as can be told before the end: what is known to fail is no news. */
const isQuiet = ({ outcome, expected }: CaseOutcome): boolean =>
  expected === 'pass' ? QUIET.has(outcome) : outcome === expected || outcome === 'skip';

const tally = (counts: ReadonlyMap<Outcome, number>): string =>
  outcomeNames
    .flatMap((name) => {
      const count = counts.get(name) ?? 0;
      return count > 0 ? [`${marks[name]} ${count} ${name}`] : [];
    })
    .join('  ');

/** The first of several findings is enough for a line; the report has all of them. An error is none of the subject's. */
function inBrief({ findings, outcome, reason }: CaseOutcome): string {
  if (outcome === 'error') return reason;
  const [first, ...others] = findings.filter(({ verdict }) => verdict === 'fails');
  if (!first || others.length === 0) return reason;
  return `Expected: ${first.expected}. Observed: ${first.observed}. And ${others.length} more.`;
}
