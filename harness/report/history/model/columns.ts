import type { HistoryRun } from '../store/history-run.ts';
import type { HistoryColumn } from './history-data.ts';
import { byAge, compareVersions } from './versions.ts';

/** A column, and its runs, the oldest first. */
interface ColumnRuns {
  readonly column: HistoryColumn;
  readonly runs: readonly HistoryRun[];
}

/** Sorts runs into columns: by subject, profile and generation, then from the oldest version to the newest. */
export function groupColumns(runs: readonly HistoryRun[]): ColumnRuns[] {
  const groups = Map.groupBy(runs, (run) =>
    JSON.stringify([run.subject.name, run.subject.version, run.profile, generationsOf(run)]),
  );
  return [...groups.values()]
    .flatMap((members) => {
      const [first] = members;
      return first ? [{ column: columnOf(first, members), runs: members }] : [];
    })
    .sort((a, b) => inOrder(a.column, b.column));
}

function columnOf(run: HistoryRun, members: readonly HistoryRun[]): HistoryColumn {
  const { name, version } = run.subject;
  const begun = members.map(({ startedAt }) => startedAt);
  return { name, version, profile: run.profile, generations: generationsOf(run), runs: begun };
}

/** Such as `docker of sid`; empty for what the machine has. */
export const generationsOf = ({ generations }: HistoryRun): string =>
  Object.entries(generations)
    .map(([part, name]) => `${part} of ${name}`)
    .join(', ');

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const inOrder = (a: HistoryColumn, b: HistoryColumn): number =>
  byText(a.name, b.name) ||
  compareVersions(`${a.profile}.0`, `${b.profile}.0`) ||
  byText(a.generations, b.generations) ||
  byAge(a, b);
