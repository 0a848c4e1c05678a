import { join } from 'node:path';
import stringWidth from 'string-width';
import { type CaseOutcome, outcomeNames, type Results } from '../../conformance/outcome.ts';
import type { LedgerEvent } from '../../ledger/index.ts';
import { marks } from '../marks.ts';
import { narrowSentences } from '../narrow.ts';
import { plural } from '../verdict.ts';
import { failureLines, mostTelling, type SummaryPlace } from './failure.ts';
import { printable } from './printable.ts';
import { cutColumns, wrap } from './text.ts';

/** How many lines of the ledger the failure that is told has at least, and at most. */
const LEAST_LEDGER = 3;
const MOST_LEDGER = 12;
/** How many lines its requirement and its citation have at most. */
const MOST_SENTENCE = 2;
/** How many other failures are named at most. */
const OTHERS = 3;
/** With less room than this nothing of a failure can be said that its line does not say. */
const LEAST_ROOM = 8;

/**
 * What went wrong, in as many lines as there are: the first failure from requirement to files, the others by name.
 * @param room how many lines it may take
 */
export function briefFailures(
  wrong: readonly CaseOutcome[],
  results: Results,
  eventsOf: (id: string) => readonly LedgerEvent[],
  place: SummaryPlace,
  room: number,
): string[] {
  const [first, ...others] = wrong;
  if (!first) return [];
  const { paint } = place;
  const title = paint(['bold', 'underline'], `Not as expected (${wrong.length})`);
  if (room < LEAST_ROOM) return [title, ...otherLines(wrong, Math.max(1, room - 3), eventsOf, place), ''];
  let [ledgerLines, sentenceLines, named] = [MOST_LEDGER, MOST_SENTENCE, OTHERS];
  const told = (): string[] =>
    failureLines(first, results, eventsOf(first.id), place, { ledgerLines, sentenceLines, brief: true }).slice(0, -1);
  const all = (): string[] => [title, ...told(), ...otherLines(others, named, eventsOf, place), ''];
  // First the record gets shorter, down to what shows the evidence, then the sentences, then the list of the others.
  while (ledgerLines > LEAST_LEDGER && all().length > room) ledgerLines -= 1;
  while (sentenceLines > 1 && all().length > room) sentenceLines -= 1;
  while (named > 0 && all().length > room) named -= 1;
  return all();
}

function otherLines(
  others: readonly CaseOutcome[],
  most: number,
  eventsOf: (id: string) => readonly LedgerEvent[],
  { width, paint, runDir }: SummaryPlace,
): string[] {
  if (others.length === 0) return [];
  const named = others.slice(0, most);
  const left = others.length - named.length;
  return [
    ...named.map((each) =>
      paint(
        'red',
        cutColumns(`${marks[each.outcome]} ${each.id}: ${printable(observed(each, eventsOf(each.id)))}`, width),
      ),
    ),
    ...(left > 0 ? [`… and ${left} more: see ${join(runDir, 'report.html')}, or use --verbose`] : []),
  ];
}

/**
 * What was observed; what was expected has been said. Of an error, why it is one: its findings are nobody's.
 * @param events those of the case
 */
export const observed = (each: CaseOutcome, events: readonly LedgerEvent[] = []): string =>
  each.outcome === 'error'
    ? each.reason
    : (mostTelling(
        each.findings.filter((finding) => finding.verdict === 'fails'),
        events,
      )[0]?.observed ?? each.reason);

/** What to do with entries of the expectations file that fit in part: the first of them, or all. */
export function narrowLines(
  results: Results,
  { width, paint }: SummaryPlace,
  { entries, lines: most } = { entries: Number.POSITIVE_INFINITY, lines: Number.POSITIVE_INFINITY },
): string[] {
  const sentences = narrowSentences(results);
  const left = sentences.length - entries;
  return [
    ...sentences.slice(0, entries).flatMap((each) => {
      const lines = wrap(printable(each), width);
      return lines.length <= most
        ? lines
        : [...lines.slice(0, most - 1), cutColumns(lines.slice(most - 1).join(' '), width)];
    }),
    ...(left > 0 ? [`… and ${plural(left, 'more entry', 'more entries')} to narrow: use --verbose`] : []),
  ].map((line) => paint('yellow', line));
}

/** Everything else as counts, a line each: warnings, what was skipped and why. */
export function foldedLines(
  { outcomes }: Results,
  known: number,
  { width, paint }: SummaryPlace,
  measured = false,
): string[] {
  const of = (name: CaseOutcome['outcome']): readonly CaseOutcome[] =>
    outcomes.filter(({ outcome }) => outcome === name);
  const counts = outcomeNames.flatMap((name) => {
    const count = of(name).length;
    return count > 0 ? [`${marks[name]} ${count} ${name}`] : [];
  });
  // Where nothing ran, the verdict says so.
  const counted =
    counts.length === 0 ? [] : wrapped(`${plural(outcomes.length, 'case', 'cases')}: ${counts.join('  ')}`, width);
  const warnings = of('warn').filter(({ expected }) => expected === 'pass');
  const skipped = [...Map.groupBy(of('skip'), ({ reason }) => reason)];
  const [mostSkipped] = skipped.toSorted(([, a], [, b]) => b.length - a.length);
  const others = skipped.length - 1;
  const folds = [
    ...(known > 0 ? ['known deviations'] : []),
    ...(warnings.length > 0 ? ['warnings'] : []),
    ...(skipped.length > 0 ? ['skips'] : []),
  ];
  const hints = [
    ...(of('info').length > 0 && !measured ? ['--measured lists all measured answers.'] : []),
    ...(folds.length > 0 ? [`--verbose lists all ${listed(folds)}.`] : []),
  ];
  return [
    ...counted,
    ...(warnings.length > 0
      ? [paint('yellow', cutColumns(`! ${warnings.map(({ id }) => id).join(', ')}`, width))]
      : []),
    ...(mostSkipped
      ? [
          paint(
            'dim',
            cutColumns(
              `– ${printable(mostSkipped[0])}${others > 0 ? ` (and ${plural(others, 'other reason', 'other reasons')})` : ''}`,
              width,
            ),
          ),
        ]
      : []),
    ...(hints.length > 0 ? [paint('dim', cutColumns(hints.join(' '), width))] : []),
  ];
}

/** The gaps between counts stay where there is room for them. */
const wrapped = (text: string, width: number): string[] => (stringWidth(text) <= width ? [text] : wrap(text, width));

const listed = (names: readonly string[]): string => new Intl.ListFormat('en-GB').format(names);
