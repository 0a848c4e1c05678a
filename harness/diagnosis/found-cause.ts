import type { Found, Severity } from './causes/cause.ts';

/** A cause that was found, with its id and how grave it is here. */
export interface FoundCause extends Found {
  readonly cause: string;
  readonly severity: Severity;
}

/** Whether something does not work; a note is true and worth a line, and no verdict. */
export const isGrave = ({ severity }: FoundCause): boolean => severity !== 'note';
