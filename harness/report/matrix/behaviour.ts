import type { CaseOutcome } from '../../conformance/outcome.ts';
import { measuredValue, sameValue } from '../measured/index.ts';

/** What a subject did in a case, as far as another run would say the same of it. */
export interface Deed {
  readonly outcome: 'pass' | 'fail' | 'warn' | 'info';
  /** What it does not do: sentences of findings, whose quantities are blanked. */
  readonly misses: readonly string[];
  /** What was measured. */
  readonly answers: readonly Answered[];
}

/** A measured answer. */
interface Answered {
  /** A sentence. */
  readonly says: string;
  /** It may be another one in the next run of the same subject: its scenario says so. */
  readonly varies: boolean;
}

/** What became of a case says nothing of the subject when it was skipped, was blocked or broke. */
export function behaviourOf({ outcome, findings }: CaseOutcome): Deed | undefined {
  if (outcome === 'skip' || outcome === 'blocked' || outcome === 'error') return undefined;
  const missed = findings.filter(({ verdict }) => verdict === 'fails');
  const measured = findings.filter(({ verdict }) => verdict === 'measured');
  return {
    outcome,
    misses: [...new Set(missed.map(({ expected }) => measuredValue(expected).answer))],
    answers: measured.map(({ observed, varies }) => ({ says: observed, varies: varies !== undefined })),
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
  return come.length === 0 && sameAnswers(before.answers, after.answers) ? undefined : 'other';
}

/** What another run of the same subject would say otherwise is no difference; one of the two may be of before that was known. */
function sameAnswers(before: Deed['answers'], after: Deed['answers']): boolean {
  if (before.length !== after.length) {
    const [was, is] = [steady(before), steady(after)];
    return was.length === is.length && was.every((says, index) => sameValue(says, is[index] ?? ''));
  }
  return before.every((was, index) => {
    const is = after[index] ?? was;
    return was.varies || is.varies || sameValue(was.says, is.says);
  });
}

/** The answers that another run of the same subject would give again. */
export const steady = (answers: Deed['answers']): readonly string[] =>
  answers.filter(({ varies }) => !varies).map(({ says }) => says);

/** What is in the one list and not in the other. */
export const without = (list: readonly string[], other: readonly string[]): readonly string[] =>
  list.filter((each) => !other.includes(each));
