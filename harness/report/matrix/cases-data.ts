import type { CaseGroup } from './rows.ts';

/** A place in a report is the report's number times this, and the case's number. */
export const CASES_OF_A_REPORT = 1_000_000;

/** What the page's script needs to show the single cases of a group: all that is not the same for all of them. */
export interface CasesData {
  /** Addresses of reports. */
  readonly reports: readonly string[];
  /** By the group's number: what each case is called, and its place for each column, 0 where it has none. */
  readonly groups: readonly (readonly (readonly [id: string, ...places: number[]])[])[];
}

/** Packs the cases of groups, in their order. */
export function casesData(groups: readonly CaseGroup[]): CasesData {
  const reports: string[] = [];
  const placeOf = (href: string | undefined): number => {
    const [, report = '', number] = /^(.*)#case-(\d+)$/s.exec(href ?? '') ?? [];
    if (number === undefined) return 0;
    if (!reports.includes(report)) reports.push(report);
    return reports.indexOf(report) * CASES_OF_A_REPORT + Number(number);
  };
  const packed = groups.map(({ cases, cells }) =>
    cases.map((id): [string, ...number[]] => [id, ...cells.map(({ column }) => placeOf(column.entries.get(id)?.href))]),
  );
  return { reports, groups: packed };
}
