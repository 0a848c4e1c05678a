import type { CaseOutcome } from '../conformance/outcome.ts';
import { measuredValue } from './measured/index.ts';
import { surprise } from './verdict.ts';

/** From so many characters on a value of an axis is recognised in a sentence; a shorter one may stand there by chance. */
const LONG = 3;

/**
 * What tells a case's failure from another one: what was expected and observed, without quantities and without the values of the case's
 * own axes, so that one fault of a subject is one finding, in however many variants of a scenario it shows.
 */
export function findingKey({ outcome, findings, reason, axes }: CaseOutcome): string {
  const failed = findings.filter(({ verdict }) => verdict === 'fails');
  const said = failed.length > 0 ? failed.map(({ expected, observed }) => `${expected}\n${observed}`) : [reason];
  const values = Object.values(axes)
    .filter((value) => value.length >= LONG)
    .toSorted((a, b) => b.length - a.length)
    .map((value) => new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(value)}(?![\\p{L}\\p{N}])`, 'gu'));
  const blank = (text: string): string =>
    values.reduce((rest, value) => rest.replace(value, () => '…'), measuredValue(text).answer);
  return [outcome, ...said.map(blank)].join('\n');
}

/** What was observed, as a reason says it. */
export function observedSentence({ findings, reason }: CaseOutcome): string {
  const failed = findings.filter(({ verdict }) => verdict === 'fails');
  if (failed.length === 0) return reason;
  return failed.map(({ observed }) => `${observed.charAt(0).toUpperCase()}${observed.slice(1)}.`).join(' ');
}

/** Cases with one finding. */
export interface DistinctFinding {
  readonly first: CaseOutcome;
  readonly members: readonly CaseOutcome[];
  /** What was observed in the first of them. */
  readonly says: string;
}

/** Failures, each distinct finding once, in the order of their first cases. */
export const distinctFindings = (failed: readonly CaseOutcome[]): readonly DistinctFinding[] =>
  [
    ...Map.groupBy(failed, (each) => (surprise(each) ? `${each.scenario} ${each.outcome}` : findingKey(each))).values(),
  ].flatMap((members) => {
    const [first] = members;
    return first ? [{ first, members, says: surprise(first) ?? observedSentence(first) }] : [];
  });
