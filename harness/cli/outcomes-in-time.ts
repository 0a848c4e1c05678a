import type { Case, CaseOutcome, RunObserver } from '../conformance/index.ts';

/** Whose outcomes are waited for, and how long. */
export interface InTime {
  readonly selected: readonly Case[];
  /** Told what happens to them. */
  readonly progress: Required<RunObserver>;
  /** After it nobody waits for those that are still being taken down. */
  readonly late: Promise<void>;
}

/**
 * Runs cases, and after a signal waits for them as long as taking them down may take.
 * @returns the outcomes of those that ran to their end, in their order
 */
export async function outcomesInTime(
  { selected, progress, late }: InTime,
  run: (observer: RunObserver) => Promise<readonly CaseOutcome[]>,
): Promise<readonly CaseOutcome[]> {
  const finished = new Map<string, CaseOutcome>();
  const observer: RunObserver = {
    started: (each) => progress.started(each),
    waiting: (each, what, until) => progress.waiting(each, what, until),
    finished: (outcome) => {
      finished.set(outcome.id, outcome);
      progress.finished(outcome);
    },
    changed: (outcome) => {
      finished.set(outcome.id, outcome);
      progress.changed(outcome);
    },
  };
  const soFar = (): CaseOutcome[] => selected.flatMap(({ id }) => finished.get(id) ?? []);
  return Promise.race([run(observer), late.then(soFar)]);
}
