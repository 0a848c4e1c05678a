import type { CaseOutcome } from '../../conformance/outcome.ts';

/** What progress knows of a case that is under way. */
export interface RunningCase {
  readonly id: string;
}

/** Told of what happens to the cases of a run, and shows it. */
export interface Progress {
  started(each: RunningCase): void;
  /**
   * @param what completes "waits for …"
   * @param until when it will have waited long enough at the latest, in milliseconds since the epoch
   */
  waiting(each: RunningCase, what: string, until?: number): void;
  finished(outcome: CaseOutcome): void;
  /** Told when an error came after the end of a case, and changed its outcome. */
  changed(outcome: CaseOutcome): void;
  /** Leaves the terminal as it was; calling it again does nothing. */
  stop(): void;
}

/** Where progress is shown. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}
