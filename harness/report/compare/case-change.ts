import type { CaseOutcome } from '../../conformance/outcome.ts';
import { hasVerdict } from '../has-verdict.ts';
import { type AnswerChange, changedAnswers } from './changed-answers.ts';

/**
 * What changed about a case. `worse` and `better`: its outcome. `measured`: the value of a measured answer. `otherwise`: it fails in
 * both runs, and not in the same way. `unknown`: one of the runs has no verdict, since it was skipped or the harness broke.
 */
export type ChangeKind = 'worse' | 'better' | 'measured' | 'otherwise' | 'unknown';

/** A case that two runs have, and what they say of it that is not the same. */
export interface CaseChange {
  readonly kind: ChangeKind;
  readonly before: CaseOutcome;
  readonly after: CaseOutcome;
  /** The answers that have another value, where that is what changed. */
  readonly answers: readonly AnswerChange[];
  /**
   * The requirement itself is another one, or of another level: the runs were made under profiles that ask for different things here.
   */
  readonly isOfPage: boolean;
}

/** A case of two runs. */
export interface CasePair {
  readonly before: CaseOutcome;
  readonly after: CaseOutcome;
}

/** What two runs say of a case that is not the same; undefined where it is. */
export function changeOf(pair: CasePair): CaseChange | undefined {
  const { before, after } = pair;
  const isOfPage = before.requirement !== after.requirement || before.level !== after.level;
  const change = (kind: ChangeKind, answers: readonly AnswerChange[] = []): CaseChange => ({
    kind,
    before,
    after,
    answers,
    isOfPage,
  });
  if (!hasVerdict(before.outcome) || !hasVerdict(after.outcome))
    return before.outcome === after.outcome ? undefined : change('unknown');
  const step = RANK[after.outcome] - RANK[before.outcome];
  if (step !== 0) return change(step > 0 ? 'worse' : 'better');
  const isBad = RANK[after.outcome] > 0;
  const answers = changedAnswers(before, after, isBad ? 'fails' : 'measured');
  return answers.length > 0 ? change(isBad ? 'otherwise' : 'measured', answers) : undefined;
}

/** The further down, the worse. What is blocked could not even be asked: what comes before it did not happen. */
const RANK = { pass: 0, info: 0, warn: 1, fail: 2, blocked: 2 } as const;
