import type { ProfileName } from '../../harness/conformance/index.ts';
import type { Behaviour } from '../../harness/runner/reference/index.ts';

/** Something that a right runner may do in another way than the reference runner does. */
export interface Variant {
  readonly name: string;
  /** What differs, and why that is right, in one sentence. */
  readonly says: string;
  readonly varies: (honest: Behaviour) => Behaviour;
  /** Where the page leaves it open; in every profile by default. */
  readonly profiles?: readonly ProfileName[];
}
