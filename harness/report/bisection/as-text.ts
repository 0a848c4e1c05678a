import { join } from 'node:path';
import type { CaseOutcome } from '../../conformance/outcome.ts';
import { without } from '../matrix/behaviour.ts';
import type { StoredRun } from '../read-run.ts';
import { excerpt } from '../terminal/excerpt.ts';
import { printable } from '../terminal/printable.ts';
import { labelled, type Paint } from '../terminal/text.ts';
import { plural } from '../verdict.ts';
import { plainId } from './observed.ts';

/** One side of a change. */
export interface ChangeSide {
  readonly label: string;
  readonly run: StoredRun;
}

/** How many cases are shown, and how many lines of the ledger of each side. */
const CASES = 2;
const LEDGER_LINES = 8;

/**
 * What changed from one version to the next: findings that differ and the ledger's lines, for both.
 * @param cases ids of the cases that changed, without repetitions
 */
export function changeText(
  cases: readonly string[],
  sides: readonly [before: ChangeSide, after: ChangeSide],
  look: { readonly width: number; readonly paint: Paint },
): string {
  const lines = cases.slice(0, CASES).flatMap((id) => caseLines(id, sides, look));
  if (cases.length > CASES) lines.push(`And ${plural(cases.length - CASES, 'case', 'cases')} more that changed.`, '');
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function caseLines(
  id: string,
  sides: readonly [ChangeSide, ChangeSide],
  look: { readonly width: number; readonly paint: Paint },
): readonly string[] {
  const outcomes = sides.map(({ run }) => run.results.outcomes.filter((each) => plainId(each.id) === id));
  const [before, after] = pick(outcomes[0] ?? [], outcomes[1] ?? []);
  if (!before || !after) return [];
  const { paint } = look;
  const said = (outcome: CaseOutcome): readonly string[] => outcome.findings.map(sentence);
  return [
    paint('bold', `${id}: ${before.outcome} → ${after.outcome}`),
    ...labelled('Requirement', after.requirement, look),
    ...sideLines(sides[0], before, said(after), look),
    ...sideLines(sides[1], after, said(before), look),
    '',
  ];
}

/** Of repetitions, two that differ. */
function pick(
  before: readonly CaseOutcome[],
  after: readonly CaseOutcome[],
): readonly [CaseOutcome | undefined, CaseOutcome | undefined] {
  const [first] = before;
  return [first, after.find(({ outcome }) => outcome !== first?.outcome) ?? after[0]];
}

const sentence = ({ verdict, expected, observed }: CaseOutcome['findings'][number]): string =>
  JSON.stringify([verdict, expected, observed]);

/** Its findings that the other side does not have, and what of the ledger shows them. */
function sideLines(
  { label, run }: ChangeSide,
  outcome: CaseOutcome,
  others: readonly string[],
  look: { readonly width: number; readonly paint: Paint },
): readonly string[] {
  const own = new Set(without(outcome.findings.map(sentence), others));
  const findings = outcome.findings.filter((each) => own.has(sentence(each)));
  const evidence = findings.flatMap((each) => each.evidence);
  const events = run.events.filter((event) => event.case === outcome.id);
  const number = run.results.outcomes.indexOf(outcome) + 1;
  return [
    '',
    `  ${look.paint('bold', label)}: ${outcome.outcome}`,
    ...(findings.length === 0 ? labelled('', printable(outcome.reason), look) : []),
    ...findings.flatMap(({ verdict, expected, observed }) => [
      ...labelled(verdict === 'measured' ? 'Asked' : 'Expected', printable(expected), look),
      ...labelled('Observed', printable(observed), look),
    ]),
    ...(events.length > 0 ? ['  Ledger', ...excerpt(events, evidence, look, LEDGER_LINES)] : []),
    `  Files        ${join(run.dir, 'report.html')}#case-${number}`,
  ];
}
