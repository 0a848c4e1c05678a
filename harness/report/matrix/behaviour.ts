import type { CaseOutcome } from '../../conformance/outcome.ts';
import { measuredValue, sameValue } from '../measured/index.ts';

/** What a subject did in a case, as far as another run would say the same of it. */
export interface Deed {
  readonly outcome: 'pass' | 'fail' | 'warn' | 'info';
  /** What it does not do: sentences of findings, whose quantities are blanked. */
  readonly misses: readonly string[];
  /** What was measured: sentences. */
  readonly answers: readonly string[];
}

/** What became of a case says nothing of the subject when it was skipped, was blocked or broke. */
export function behaviourOf({ outcome, findings }: CaseOutcome): Deed | undefined {
  if (outcome === 'skip' || outcome === 'blocked' || outcome === 'error') return undefined;
  const missed = findings.filter(({ verdict }) => verdict === 'fails');
  const measured = findings.filter(({ verdict }) => verdict === 'measured');
  return {
    outcome,
    misses: [...new Set(missed.map(({ expected }) => measuredValue(expected).answer))],
    answers: measured.map(({ observed }) => observed),
  };
}

/** How one behaviour differs from the one before it: for the better, for the worse, or only otherwise. */
export type Turn = 'better' | 'worse' | 'other';

const RANK: Readonly<Record<Deed['outcome'], number>> = { fail: 0, warn: 1, info: 2, pass: 2 };

/** @returns undefined when both are the same, as far as it matters */
export function turnOf(before: Deed, after: Deed): Turn | undefined {
  const by = RANK[after.outcome] - RANK[before.outcome];
  if (by !== 0) return by > 0 ? 'better' : 'worse';
  const [gone, come] = [without(before.misses, after.misses), without(after.misses, before.misses)];
  if (gone.length > 0 && come.length === 0) return 'better';
  if (come.length > 0 && gone.length === 0) return 'worse';
  const isSame =
    come.length === 0 &&
    before.answers.length === after.answers.length &&
    before.answers.every((answer, index) => sameValue(answer, after.answers[index] ?? ''));
  return isSame ? undefined : 'other';
}

/** What is in the one list and not in the other. */
export const without = (list: readonly string[], other: readonly string[]): readonly string[] =>
  list.filter((each) => !other.includes(each));
