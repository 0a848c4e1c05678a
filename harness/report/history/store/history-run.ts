import type { Level } from '../../../conformance/level.ts';
import type { Outcome } from '../../../conformance/outcome.ts';

/** The number of the format below: a reader refuses what has a higher one. It changes when an old reader would misread. */
export const HISTORY_FORMAT = 1;

/** Expected and observed, of one thing that did not hold. */
export type WrongFinding = readonly [expected: string, observed: string];

/** A case as a history keeps it: whatever passed is one word. */
export interface HistoryCase {
  readonly outcome: Outcome;
  /** What an expectations file says of it. */
  readonly known?: { readonly outcome: Outcome; readonly reason: string; readonly link?: string };
  /** The measured answer; why it was skipped; or what was expected and observed instead. */
  readonly reason?: string;
  /**
   * Of a measured answer, what another run of the same subject would say again, where that is not all of it; empty where it is nothing.
   */
  readonly steady?: string;
  readonly wrong?: readonly WrongFinding[];
  /** Lines of the ledger that show it, as the terminal has them. */
  readonly evidence?: readonly string[];
  /** Instead of evidence: the case of the same scenario, by its axes, that failed in the same words. */
  readonly like?: string;
}

/** What a run says of one scenario. */
export interface HistoryScenario {
  readonly level: Level;
  /** The requirement's own sentence, and where it stands. */
  readonly requirement: string;
  readonly citation: string;
  /** Cases by their axes, as they stand in the id: `[body=json]`, or nothing. */
  readonly cases: Readonly<Record<string, 'pass' | HistoryCase>>;
}

/** One run in a history: a file. */
export interface HistoryRun {
  readonly format: typeof HISTORY_FORMAT;
  readonly suite: string;
  readonly subject: {
    readonly kind: string;
    /** What people call it: the kind, or a name such as `reference:MUTANT`. */
    readonly name: string;
    readonly version: string;
  };
  readonly profile: string;
  /** Of parts that are not just what the machine has: which generation's programs they are. */
  readonly generations: Readonly<Record<string, string>>;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly machine: { readonly os: string; readonly cpus: number; readonly tools: Readonly<Record<string, string>> };
  /** Where the whole report of the run is. */
  readonly report?: string;
  readonly scenarios: Readonly<Record<string, HistoryScenario>>;
}
