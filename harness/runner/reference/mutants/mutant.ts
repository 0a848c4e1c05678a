import type { Behaviour } from '../behaviour.ts';
import type { ReferenceProfile } from '../profiles.ts';

/** The reference runner with one fault put in. */
export interface Mutant {
  readonly name: string;
  /** What is broken, in one sentence. */
  readonly says: string;
  /** The profiles in which it differs from the honest runner; all by default. */
  readonly profiles?: readonly ReferenceProfile[];
  readonly change: (honest: Behaviour) => Behaviour;
}
