import type { Behaviour } from '../behaviour.ts';

/** The reference runner with one fault put in. */
export interface Mutant {
  readonly name: string;
  /** What is broken, in one sentence. */
  readonly says: string;
  readonly change: (honest: Behaviour) => Behaviour;
}
