import type { CaseOutcome, Results } from '../../conformance/outcome.ts';
import { withoutRepetition } from '../../conformance/repetition.ts';
import type { LedgerEvent } from '../../ledger/index.ts';
import { plural } from '../verdict.ts';
import { briefFailures, narrowLines } from './brief.ts';
import type { SummaryPlace } from './failure.ts';
import { unstableLines } from './unstable.ts';

/** How many lines may follow the last case, unless more are asked for. */
const MOST_LINES = 25;
/** How many lines the first failure takes to be told, where something else needs room too. */
const LEAST_FAILURE = 13;
/** How many lines it takes to name it. */
const LEAST_NAMED = 4;
/** How many entries of the expectations file are told how to be narrowed, and in how many lines each. */
const NARROWED = { entries: 2, lines: 3 } as const;

/** What a summary has besides its last lines. */
export interface BriefParts {
  readonly wrong: readonly CaseOutcome[];
  readonly eventsOf: (id: string) => readonly LedgerEvent[];
  /** What peers found odd: a title, a line each, an empty one. */
  readonly flags: readonly string[];
  /** Everything else as counts. */
  readonly folded: readonly string[];
  /** What comes last. */
  readonly end: readonly string[];
}

/** The end of a run in at most 25 lines: what is unstable, what failed, what peers found odd, the rest as counts, the verdict. */
export function briefSummary(results: Results, parts: BriefParts, place: SummaryPlace): string[] {
  const { eventsOf, flags, folded, end } = parts;
  const room = MOST_LINES - 1 - folded.length - end.length;
  const unstable = unstableLines(results, eventsOf, place);
  const narrow = narrowLines(results, place, NARROWED);
  // What is unstable is told with the records of both; its repetitions need not be told again.
  const flaky = new Set((results.unstable ?? []).map(({ id }) => id));
  const wrong = parts.wrong.filter(({ id }) => !flaky.has(withoutRepetition(id)));
  const told = wrong.length > 0 ? LEAST_FAILURE : 0;
  if (unstable.length + narrow.length + flags.length + told <= room) {
    const failures = briefFailures(
      wrong,
      results,
      eventsOf,
      place,
      room - unstable.length - narrow.length - flags.length,
    );
    return ['', ...unstable, ...failures, ...flags, ...narrow, ...folded, ...end];
  }
  const names = unstableLines(results, () => [], place, { namesAlone: true });
  const narrowed = narrowLines(results, place, { entries: 1, lines: 1 });
  const left = room - names.length - narrowed.length;
  const least = wrong.length === 0 ? 0 : left - 1 >= LEAST_FAILURE ? LEAST_FAILURE : LEAST_NAMED;
  const flagged = fitting(flags, left - least);
  const failures = briefFailures(wrong, results, eventsOf, place, left - flagged.length);
  return ['', ...names, ...failures, ...flagged, ...narrowed, ...folded, ...end];
}

/** Flags as far as there is room for them: the first ones and how many more there are, or their number alone. */
function fitting(lines: readonly string[], room: number): readonly string[] {
  if (lines.length <= room || lines.length === 0) return lines;
  const flags = lines.length - 2;
  const shown = room - 3;
  if (shown < 1) return [`⚑ ${plural(flags, 'flag', 'flags')} of peers: use --verbose`];
  return [...lines.slice(0, 1 + shown), `… and ${flags - shown} more: use --verbose`, ''];
}
