import type { Picture } from '../picture/picture.ts';

/**
 * `error`: it does not work as meant. `warning`: it works for some clients, versions or targets only. `note`: true and worth a line, never a
 * verdict.
 */
export type Severity = 'error' | 'warning' | 'note';

/** A change of one line. */
export interface Edit {
  readonly file: string;
  readonly line: number;
  /** The line as it should be, whole; an empty text takes the line away, and one with line ends puts several in its place. */
  readonly to: string;
}

/** What mends something. */
export interface Remedy {
  /** A sentence that says what to do. */
  readonly says: string;
  readonly edits?: readonly Edit[];
}

/** A cause seen in a customer's files. */
export interface Found {
  /** That of the cause, unless the catalogue has it graver or milder here. */
  readonly severity?: Severity;
  readonly file: string;
  readonly line?: number;
  /** What stands in that line that is wrong, to be marked: a part of the line. */
  readonly at?: string;
  /** What is wrong, and what comes of it: a sentence or two, no password in it. */
  readonly says: string;
  readonly remedy: Remedy;
  /** The name of the runner concerned, where there are several. */
  readonly runner?: string;
}

/** A known reason for a failure behind a proxy. */
export interface Cause {
  /** Such as `value/port-missing`. */
  readonly id: string;
  readonly severity: Severity;
  /** What is so, in one sentence. */
  readonly title: string;
  /** When it is so, and when something looks alike and is right: a paragraph. */
  readonly seen: string;
  /** What to do, in general: a sentence. */
  readonly fix: string;
  /** What people see, to find it by: words of log lines and complaints. */
  readonly symptoms?: readonly string[];
  /** Pure: from the picture to what was found. */
  readonly find: (picture: Picture) => readonly Found[];
}
