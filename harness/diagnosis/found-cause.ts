import type { Found, Severity } from './causes/cause.ts';

/** A cause that was found, with its id and how grave it is here. */
export interface FoundCause extends Found {
  readonly cause: string;
  readonly severity: Severity;
}
