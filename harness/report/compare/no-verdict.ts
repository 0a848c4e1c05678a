import type { CaseOutcome } from '../../conformance/outcome.ts';
import { hasVerdict } from '../has-verdict.ts';
import { plural } from '../verdict.ts';
import type { CasePair } from './case-change.ts';

/** How many required cases say nothing in one of two runs, since they were skipped or the harness broke; whether they got worse is not known. */
export interface NoVerdict {
  /** In the first run alone. */
  readonly before: number;
  /** In the second run alone. */
  readonly after: number;
  readonly both: number;
}

/** @param pairs the cases that both runs have */
export function withoutVerdict(pairs: readonly CasePair[]): NoVerdict {
  const count = (one: boolean, other: boolean): number =>
    pairs.filter(
      ({ before, after }) =>
        isRequired(after) && hasVerdict(before.outcome) === one && hasVerdict(after.outcome) === other,
    ).length;
  return { before: count(false, true), after: count(true, false), both: count(false, false) };
}

const isRequired = ({ level }: CaseOutcome): boolean => level === 'R';

/**
 * As half a sentence: `12 required cases have no verdict in gitlab-runner 18.11.4, 3 in either`.
 * @param before how the first run is called
 * @param after likewise the second
 * @returns undefined where every required case has one on both sides
 */
export function noVerdictWords(none: NoVerdict, before: string, after: string): string | undefined {
  const parts = (
    [
      [none.after, `in ${after}`],
      [none.before, `in ${before}`],
      [none.both, 'in either'],
    ] as const
  ).filter(([count]) => count > 0);
  const [first, ...rest] = parts;
  if (!first) return undefined;
  const has = first[0] === 1 ? 'has' : 'have';
  return [
    `${plural(first[0], 'required case', 'required cases')} ${has} no verdict ${first[1]}`,
    ...rest.map(([count, where]) => `${count} ${where}`),
  ].join(', ');
}
