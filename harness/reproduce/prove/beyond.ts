import type { PlannedRegistration } from '../plan/plan.ts';
import type { TrialStage } from '../trial/trial.ts';

/** What is changed elsewhere than in the machine's files. */
export type Beyond = {
  /** The runner is registered in another way. */
  readonly what: 'registration';
  readonly registers: PlannedRegistration;
};

/** The stage with what candidates change beyond files. */
export function stageBeyond(stage: TrialStage, candidates: readonly { readonly beyond?: Beyond }[]): TrialStage {
  const registration = candidates.flatMap(({ beyond }) => (beyond?.what === 'registration' ? [beyond.registers] : []));
  const registers = registration.at(-1);
  return registers ? { ...stage, plan: { ...stage.plan, registers } } : stage;
}
