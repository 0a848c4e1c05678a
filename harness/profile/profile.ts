import type { RateLimitRules } from './rate-limit.ts';
import type { ReferenceTraits } from './reference.ts';

/** A version of the documentation, as data: what it promises, and what it is called. */
export interface Profile {
  /** As `--profile` takes it: the runner's version that the document came with. */
  readonly name: string;
  /** The oldest runner that it is for, as three numbers. It ends where the next profile begins. */
  readonly since: string;
  /** The title of the page. */
  readonly page: string;
  /** What the page says of a 429. */
  readonly rateLimit: RateLimitRules;
  /** The reference runner that keeps it. */
  readonly reference: ReferenceTraits;
}
