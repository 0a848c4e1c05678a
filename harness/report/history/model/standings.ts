import type { Level } from '../../../conformance/level.ts';
import type { Outcome } from '../../../conformance/outcome.ts';
import { asExpected } from '../../../conformance/totals.ts';
import { hasVerdict } from '../../has-verdict.ts';
import { type HistoryColumn, type HistoryData, type KnownDeviation, outcomeOf } from './history-data.ts';
import { byAge } from './versions.ts';

/** When an outcome, or a measured answer, became another. */
export interface OutcomeChange {
  /** For an answer that became another one it is `info`. */
  readonly before: Outcome;
  /** When the run began that was the first to have it. */
  readonly at: string;
  /** The version it was compared with; undefined where that was an earlier run of the same one. */
  readonly since?: string;
  /** It came with the newest run or with this version, and not in between. */
  readonly isRecent: boolean;
}

/** Where a case stands in a column: its newest outcome, and how it came to it. */
export interface CaseStanding {
  readonly id: string;
  readonly caseIndex: number;
  readonly scenario: string;
  readonly scenarioIndex: number;
  readonly level: Level;
  readonly requirement: string;
  readonly column: HistoryColumn;
  readonly columnIndex: number;
  readonly outcome: Outcome;
  /** When the run began that has it. */
  readonly startedAt: string;
  readonly known?: { readonly outcome: Outcome; readonly link: string };
  readonly isUnexpected: boolean;
  readonly changed?: OutcomeChange;
}

/** Every case of every column that has it. */
export function standingsOf(data: HistoryData): CaseStanding[] {
  const before = earlierColumns(data.columns);
  return data.columns.flatMap((column, columnIndex) => {
    const known = new Map((data.outcomes[columnIndex]?.known ?? []).map((each) => [each[0], each]));
    return data.cases.flatMap((_, caseIndex) => {
      const found = newest(data, columnIndex, caseIndex);
      if (!found) return [];
      return [standing(data, { column, columnIndex, caseIndex, known: known.get(caseIndex), before }, found)];
    });
  });
}

interface Place {
  readonly column: HistoryColumn;
  readonly columnIndex: number;
  readonly caseIndex: number;
  readonly known: KnownDeviation | undefined;
  /** For each column the one of the version before. */
  readonly before: readonly (number | undefined)[];
}

function standing(data: HistoryData, place: Place, { outcome, run }: Newest): CaseStanding {
  const { column, columnIndex, caseIndex, known } = place;
  const [scenarioIndex, axes] = data.cases[caseIndex] ?? [0, ''];
  const [scenario, level, requirement] = data.scenarios[scenarioIndex] ?? ['', 'R', ''];
  const changed = changeOf(data, place);
  const expected = known ? (known[1] as 'fail' | 'warn' | 'error') : 'pass';
  return {
    id: scenario + axes,
    caseIndex,
    scenario,
    scenarioIndex,
    level,
    requirement,
    column,
    columnIndex,
    outcome,
    startedAt: column.runs[run] ?? '',
    isUnexpected: !asExpected({ outcome, expected }, false),
    ...(known ? { known: { outcome: known[1], link: known[2] } } : {}),
    ...(changed ? { changed } : {}),
  };
}

interface Newest {
  readonly outcome: Outcome;
  /** Of its course: measured answers that differ have different ones. */
  readonly letter: string;
  /** The run's place in its column. */
  readonly run: number;
}

function courseOf(data: HistoryData, columnIndex: number, caseIndex: number): string {
  const outcomes = data.outcomes[columnIndex];
  return outcomes?.courses[outcomes.of[caseIndex] ?? -1] ?? '';
}

/** @param counts which outcomes are looked at; all by default */
function newest(
  data: HistoryData,
  columnIndex: number,
  caseIndex: number,
  counts: (outcome: Outcome) => boolean = () => true,
): Newest | undefined {
  const course = courseOf(data, columnIndex, caseIndex);
  for (let run = course.length - 1; run >= 0; run--) {
    const letter = course.charAt(run);
    const outcome = outcomeOf(letter);
    if (outcome && counts(outcome)) return { outcome, letter, run };
  }
  return undefined;
}

/** What changed last: in the newest run, else with this version, else in a run of it that is not the newest. */
function changeOf(data: HistoryData, place: Place): OutcomeChange | undefined {
  const own = changeInColumn(data, place);
  return own?.isRecent ? own : (changeWithVersion(data, place) ?? own);
}

function changeInColumn(data: HistoryData, { column, columnIndex, caseIndex }: Place): OutcomeChange | undefined {
  const course = courseOf(data, columnIndex, caseIndex);
  const last = newest(data, columnIndex, caseIndex);
  let first = last?.run ?? 0;
  for (let run = first - 1; run >= 0; run--) {
    const before = outcomeOf(course[run]);
    if (!before || (last && passesOver(before, last))) continue;
    if (course[run] !== last?.letter) return { before, at: column.runs[first] ?? '', isRecent: first === last?.run };
    first = run;
  }
  return undefined;
}

/** What says nothing of the subject is no change from what came before it, once there is a verdict again. */
const passesOver = (before: Outcome, { outcome }: Newest): boolean => hasVerdict(outcome) && !hasVerdict(before);

function changeWithVersion(
  data: HistoryData,
  { column, columnIndex, caseIndex, before }: Place,
): OutcomeChange | undefined {
  const here = newest(data, columnIndex, caseIndex);
  const earlier = here && earlierWith(data, { columnIndex, caseIndex, before }, here);
  if (!earlier || here.letter === earlier.there.letter) return undefined;
  const first = [...courseOf(data, columnIndex, caseIndex)].findIndex((letter) => outcomeOf(letter));
  const since = data.columns[earlier.columnIndex]?.version ?? '';
  return { before: earlier.there.outcome, at: column.runs[first] ?? '', since, isRecent: true };
}

/** The version before, or the last one before it that says something of the subject, where the next says nothing of it. */
function earlierWith(
  data: HistoryData,
  { columnIndex, caseIndex, before }: Pick<Place, 'columnIndex' | 'caseIndex' | 'before'>,
  here: Newest,
): { readonly columnIndex: number; readonly there: Newest } | undefined {
  const counts = (outcome: Outcome): boolean => !passesOver(outcome, here);
  let nearest: { columnIndex: number; there: Newest } | undefined;
  for (let at = before[columnIndex]; at !== undefined; at = before[at]) {
    const there = newest(data, at, caseIndex, counts) ?? newest(data, at, caseIndex);
    if (!there) return nearest;
    nearest ??= { columnIndex: at, there };
    if (counts(there.outcome)) return { columnIndex: at, there };
  }
  return nearest;
}

/** For each column the one of the version before: same subject, profile and generation. */
function earlierColumns(columns: readonly HistoryColumn[]): (number | undefined)[] {
  return columns.map((column) => {
    const older = columns
      .map((other, index) => ({ other, index }))
      .filter(({ other }) => isLike(other, column) && byAge(other, column) < 0)
      .toSorted((a, b) => byAge(a.other, b.other));
    return older.at(-1)?.index;
  });
}

/** Whether they are versions of one subject, held to the same. */
const isLike = (a: HistoryColumn, b: HistoryColumn): boolean =>
  a.name === b.name && a.profile === b.profile && a.generations === b.generations;
