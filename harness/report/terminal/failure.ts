import { join } from 'node:path';
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

/**
 * A case that is not as expected, in full: requirement and citation → expected → observed → excerpt of the ledger →
 * the command that runs just this one again → where the files are.
 * @param options.brief only the first of several findings, of requirement and citation a line each, and not the proxy's product
 */
export function failureLines(
  each: CaseOutcome,
  results: Results,
  events: readonly LedgerEvent[],
  place: SummaryPlace,
  { ledgerLines, brief = false }: { readonly ledgerLines?: number; readonly brief?: boolean } = {},
): string[] {
  const { width, paint, runDir } = place;
  const wrong = each.findings.filter((finding) => finding.verdict === 'fails' || finding.verdict === 'blocked');
  const evidence = wrong.length > 0 ? wrong.flatMap((finding) => finding.evidence) : each.evidence;
  const odd = surprise(each);
  const number = results.outcomes.indexOf(each) + 1;
  const title = `${each.outcome.toUpperCase()} ${each.id}`;
  const said = (label: string, text: string): string[] =>
    brief ? labelled(label, cutColumns(text, width - 15), { width }) : labelled(label, text, { width });
  return [
    paint(['red', 'bold'], brief ? cutColumns(title, width) : title),
    ...said('Requirement', each.requirement),
    ...said('', `${each.citation} (${levels[each.level]})`).map((line) => paint('dim', line)),
    ...(wrong.length > 0
      ? (brief ? wrong.slice(0, 1) : wrong).flatMap((finding) => [
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

function list(evidence: readonly number[]): string {
  const numbers = [...new Set(evidence)].sort((a, b) => a - b);
  return numbers.length > 6 ? `${numbers[0]}–${numbers.at(-1)}` : numbers.join(', ');
}
