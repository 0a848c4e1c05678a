import type { CaseOutcome, Outcome, Totals } from './outcome.ts';
import { outcomeNames } from './outcome.ts';

/**
 * Whether an outcome is what it had to be. A warning counts as expected unless the run is strict; a skip is the
 * machine's or the subject's limit, not a deviation; an expected failure that passes is a deviation.
 */
export function asExpected(each: Pick<CaseOutcome, 'outcome' | 'expected'>, strict: boolean): boolean {
  if (each.outcome === 'skip') return true;
  if (each.expected !== 'pass') return each.outcome === each.expected;
  if (each.outcome === 'warn') return !strict;
  return each.outcome === 'pass' || each.outcome === 'info';
}

/** Counts outcomes. */
export function totals(outcomes: readonly CaseOutcome[], strict: boolean): Totals {
  const count = (outcome: Outcome): number => outcomes.filter((each) => each.outcome === outcome).length;
  const counts = Object.fromEntries(outcomeNames.map((name) => [name, count(name)])) as Record<Outcome, number>;
  return {
    ...counts,
    cases: outcomes.length,
    unexpected: outcomes.filter((each) => !asExpected(each, strict)).length,
  };
}
