import type { ProfileName } from '../../profile/index.ts';
import type { Behaviour } from './behaviour.ts';

/** Which reference runner. */
export interface ReferenceOptions {
  /** The version of the documentation that it follows; the first, where all of it began, by default. */
  readonly profile?: ProfileName;
  /** The name of the one fault it has. */
  readonly mutant?: string;
  /** What it does in another way, as a right runner may: for tests, which must stay content. */
  readonly varies?: (honest: Behaviour) => Behaviour;
}
