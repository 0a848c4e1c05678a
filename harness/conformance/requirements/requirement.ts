import type { Level, ProfileName } from '../profile.ts';

/** One sentence of a documentation, with its place and its level. */
export interface Requirement {
  /** Family and name; never changed, never used again for something else. */
  readonly id: string;
  readonly level: Readonly<Record<ProfileName, Level>>;
  readonly heading: string | Readonly<Record<ProfileName, string>>;
  readonly holds: Readonly<Record<ProfileName, string>>;
}
