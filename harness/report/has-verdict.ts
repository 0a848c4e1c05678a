import type { Outcome } from '../conformance/outcome.ts';

/** Whether an outcome says anything of the subject: what was skipped, or broke in the harness, does not. */
export const hasVerdict = (outcome: Outcome): outcome is Exclude<Outcome, 'skip' | 'error'> =>
  outcome !== 'skip' && outcome !== 'error';
