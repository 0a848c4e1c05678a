import { join } from 'node:path';
import type { Finding } from '../../conformance/finding.ts';
import type { CaseOutcome, Results } from '../../conformance/outcome.ts';
import type { LedgerEvent } from '../../ledger/index.ts';
import { levels } from '../marks.ts';
import { rerunCommand } from '../rerun.ts';
import { surprise } from '../verdict.ts';
import { excerpt } from './excerpt.ts';
import { printable } from './printable.ts';
import { cutColumns, labelled, type Paint } from './text.ts';

/** Where and how wide a summary is printed. */
export interface SummaryPlace {
  readonly width: number;
  readonly paint: Paint;
  readonly runDir: string;
}

export interface FailureOptions {
  /** How many lines of the ledger are shown at most. */
  readonly ledgerLines?: number;
  /** Only the most telling of several findings, and not the proxy's product. */
  readonly brief?: boolean;
  /** In brief, how many lines requirement and citation have at most. */
  readonly sentenceLines?: number;
}

/**
 * A case that is not as expected, in full: requirement and citation → expected → observed → excerpt of the ledger →
 * the command that runs just this one again → where the files are.
 */
export function failureLines(
  each: CaseOutcome,
  results: Results,
  events: readonly LedgerEvent[],
  place: SummaryPlace,
  { ledgerLines, brief = false, sentenceLines = 1 }: FailureOptions = {},
): string[] {
  const { width, paint, runDir } = place;
  // An error is the machine's or the harness's, whatever was found by then.
  const found = each.outcome === 'error' ? [] : each.findings;
  const wrong = found.filter((finding) => finding.verdict === 'fails' || finding.verdict === 'blocked');
  const evidence = wrong.length > 0 ? wrong.flatMap((finding) => finding.evidence) : each.evidence;
  const odd = surprise(each);
  const number = results.outcomes.indexOf(each) + 1;
  const title = `${each.outcome.toUpperCase()} ${each.id}`;
  const said = (label: string, text: string): string[] =>
    brief ? cutLines(labelled(label, text, { width }), sentenceLines, width) : labelled(label, text, { width });
  return [
    paint(['red', 'bold'], brief ? cutColumns(title, width) : title),
    ...said('Requirement', each.requirement),
    ...said('', `${each.citation} (${levels[each.level]})`).map((line) => paint('dim', line)),
    ...(wrong.length > 0
      ? (brief ? mostTelling(wrong, events).slice(0, 1) : wrong).flatMap((finding) => [
          ...labelled('Expected', printable(finding.expected), { width }),
          ...labelled('Observed', printable(finding.observed), { width }).map((line) => paint('red', line)),
        ])
      : labelled('Observed', printable(each.reason), { width }).map((line) => paint('red', line))),
    ...(odd ? labelled('But', odd, { width }) : []),
    ...(each.proxy && !brief ? labelled('Proxy', each.proxy, { width }) : []),
    ...(events.length > 0 ? ['  Ledger', ...excerpt(events, evidence, { width, paint }, ledgerLines)] : []),
    `  ${'Again'.padEnd(13)}${rerunCommand(results, each)}`,
    `  ${'Files'.padEnd(13)}${join(runDir, 'report.html')}#case-${number}${evidence.length > 0 ? `, ${join(runDir, 'ledger.ndjson')} events ${list(evidence)}` : ''}`,
    '',
  ];
}

/** A recommended one that is missed: shorter. */
export function warningLines(each: CaseOutcome, { width, paint }: SummaryPlace): string[] {
  return [
    paint('yellow', `! ${each.id}`),
    ...labelled('Requirement', `${each.requirement} ${each.citation}`, { width }),
    ...labelled('', printable(each.reason), { width }),
  ];
}

/** A connection around the proxy explains what then did not arrive, so it is told first. */
export function mostTelling(wrong: readonly Finding[], events: readonly LedgerEvent[]): readonly Finding[] {
  const bypasses = new Set(events.filter(({ kind }) => kind === 'tripwire').map(({ seq }) => seq));
  const showsBypass = ({ evidence }: Finding): boolean => evidence.some((seq) => bypasses.has(seq));
  return wrong.toSorted((a, b) => Number(showsBypass(b)) - Number(showsBypass(a)));
}

/** Of what does not fit, as much as these lines hold. */
const cutLines = (lines: readonly string[], most: number, width: number): string[] =>
  lines.length <= most
    ? [...lines]
    : [...lines.slice(0, most - 1), cutColumns(`${lines[most - 1]} ${lines[most]?.trim()}`, width)];

function list(evidence: readonly number[]): string {
  const numbers = [...new Set(evidence)].sort((a, b) => a - b);
  return numbers.length > 6 ? `${numbers[0]}–${numbers.at(-1)}` : numbers.join(', ');
}
