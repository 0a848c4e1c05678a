import type { Level } from '../../../conformance/level.ts';
import { type Outcome, outcomeNames } from '../../../conformance/outcome.ts';

/** A subject under a profile, with peers of a generation: a column of the matrix. */
export interface HistoryColumn {
  readonly name: string;
  readonly version: string;
  readonly profile: string;
  /** Such as `docker of sid`; empty for what the machine has. */
  readonly generations: string;
  /** When its runs began, the oldest first. */
  readonly runs: readonly string[];
}

/** What an expectations file says of a case: its place among the cases, the outcome, and the bug's link if there is one. */
export type KnownDeviation = readonly [caseIndex: number, outcome: Outcome, link: string];

/** What happened to the cases of a column. */
export interface ColumnOutcomes {
  /** Every course that outcomes took over the column's runs: a letter for each run, a dot where it has no such case. */
  readonly courses: readonly string[];
  /** For each case the course it took. */
  readonly of: readonly number[];
  /** As the newest run with the case has it. */
  readonly known: readonly KnownDeviation[];
}

/** All outcomes of a history, small enough for a page: what the matrix and the search work with. */
export interface HistoryData {
  readonly columns: readonly HistoryColumn[];
  readonly scenarios: readonly (readonly [id: string, level: Level, requirement: string])[];
  /** The scenario's place, and the axes. */
  readonly cases: readonly (readonly [scenario: number, axes: string])[];
  /** By column. */
  readonly outcomes: readonly ColumnOutcomes[];
}

/** Not in this run. */
export const ABSENT = '.';

/** An outcome as a letter of a course. */
export const letterOf = (outcome: Outcome): string => outcome.charAt(0);

/** A case's measured answers have letters of their own: the first that was given, and each that was another. */
export const ANSWER_LETTERS = `${letterOf('info')}0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

const BY_LETTER = new Map<string, Outcome>([
  ...[...ANSWER_LETTERS].map((letter) => [letter, 'info'] as const),
  ...outcomeNames.map((name) => [letterOf(name), name] as const),
]);

/** Undefined where the case was absent. */
export const outcomeOf = (letter: string | undefined): Outcome | undefined => BY_LETTER.get(letter ?? ABSENT);
