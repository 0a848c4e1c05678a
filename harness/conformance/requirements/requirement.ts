import type { ByProfile } from '../../profile/index.ts';
import type { Level } from '../level.ts';

/** One sentence of a documentation, with its place and its level. A later profile has what differs from the one before. */
export interface Requirement {
  /** Family and name; never changed, never used again for something else. */
  readonly id: string;
  readonly level: ByProfile<Level>;
  /** The title of the page that it stands on, where that is not the one about proxies. */
  readonly page?: string;
  readonly heading: ByProfile<string>;
  readonly holds: ByProfile<string>;
}
