import type { CaseOutcome } from '../../conformance/outcome.ts';
import { measuredValue } from '../measured/index.ts';
import { behaviourOf, type Deed, steady, type Turn, turnOf } from './behaviour.ts';
import type { Column, MatrixEntry, Track } from './column.ts';

/** What a column has of some cases that all do alike. */
export interface MatrixCell {
  readonly column: Column;
  /** Of the first case, by which all are shown; undefined where the run had none of them. */
  readonly entry?: MatrixEntry;
  /** How it differs from the last version before it of which something is known. */
  readonly turn?: Turn;
}

/** Cases of one scenario that do alike in every column. */
export interface CaseGroup {
  /** Ids. */
  readonly cases: readonly string[];
  readonly cells: readonly MatrixCell[];
}

/** A requirement, and what each version makes of it. */
export interface MatrixRow {
  readonly scenario: string;
  readonly requirement: string;
  /** Those that change first. */
  readonly groups: readonly CaseGroup[];
}

/** A row for each scenario, in the order of its first appearance. */
export function rowsOf(tracks: readonly Track[]): readonly MatrixRow[] {
  const outcomes = tracks
    .flatMap(({ columns }) => columns)
    .flatMap(({ entries }) => [...entries.values()].map(({ outcome }) => outcome));
  const byScenario = Map.groupBy(outcomes, ({ scenario }) => scenario);
  return [...byScenario].map(([scenario, own]): MatrixRow => {
    const ids = [...new Set(own.map(({ id }) => id))];
    const groups = [...Map.groupBy(ids, (id) => signature(id, tracks)).values()];
    return {
      scenario,
      requirement: own[0]?.requirement ?? '',
      groups: groups
        .map((cases) => ({ cases, cells: cellsOf(cases, tracks) }))
        .sort((a, b) => turns(b) - turns(a) || b.cases.length - a.cases.length),
    };
  });
}

/** How often a group changes its ways. */
export const turns = ({ cells }: CaseGroup): number => cells.filter(({ turn }) => turn !== undefined).length;

/** What cases are alike by: outcomes, what is missed, the words of answers, and where they turn. */
function signature(id: string, tracks: readonly Track[]): string {
  return JSON.stringify(
    cellsOf([id], tracks).map(({ entry, turn }) => [entry ? likeness(entry.outcome) : '', turn ?? '']),
  );
}

function likeness(outcome: CaseOutcome): string {
  const { misses = [], answers = [] } = behaviourOf(outcome) ?? {};
  return JSON.stringify([outcome.outcome, misses, steady(answers).map((answer) => measuredValue(answer).answer)]);
}

function cellsOf(cases: readonly string[], tracks: readonly Track[]): readonly MatrixCell[] {
  return tracks.flatMap(({ columns }) => {
    let last: Deed | undefined;
    return columns.map((column): MatrixCell => {
      const entry = cases.map((id) => column.entries.get(id)).find((each) => each !== undefined);
      const behaviour = entry && behaviourOf(entry.outcome);
      const turn = behaviour && last ? turnOf(last, behaviour) : undefined;
      if (behaviour) last = behaviour;
      return { column, ...(entry ? { entry } : {}), ...(turn ? { turn } : {}) };
    });
  });
}
