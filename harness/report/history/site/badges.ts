import type { HistoryModel } from '../model/build-model.ts';
import type { CaseStanding } from '../model/standings.ts';
import type { SiteLinks } from './site-links.ts';
import { profileWords, subjectWords } from './site-words.ts';

/** What shields.io reads of an endpoint (https://shields.io/badges/endpoint-badge). */
export interface EndpointBadge {
  readonly schemaVersion: 1;
  readonly label: string;
  readonly message: string;
  readonly color: string;
}

/** A badge for each subject and profile, by its file's name. */
export function badgesOf({ standings, data }: HistoryModel, links: SiteLinks): Map<string, EndpointBadge> {
  const byColumn = Map.groupBy(standings, ({ columnIndex }) => columnIndex);
  return new Map(
    data.columns.map((column, index) => [
      `badges/${links.columns[index]}.json`,
      {
        schemaVersion: 1,
        label: `${subjectWords(column)}, ${profileWords(column)}`,
        ...verdictOfCases(byColumn.get(index) ?? []),
      },
    ]),
  );
}

/** What is not as it should be, the most important first; words and colour say the same. */
function verdictOfCases(standings: readonly CaseStanding[]): Pick<EndpointBadge, 'message' | 'color'> {
  const count = (test: (each: CaseStanding) => boolean): number => standings.filter(test).length;
  const fails = count(({ outcome, isUnexpected }) => isUnexpected && (outcome === 'fail' || outcome === 'blocked'));
  const known = count(({ outcome, isUnexpected }) => !isUnexpected && (outcome === 'fail' || outcome === 'error'));
  const stale = count(({ outcome, isUnexpected }) => isUnexpected && (outcome === 'pass' || outcome === 'info'));
  const broken = count(({ outcome, isUnexpected }) => isUnexpected && outcome === 'error');
  const warns = count(({ outcome }) => outcome === 'warn');
  const holds = count(({ outcome }) => outcome === 'pass');
  const parts = [
    ...(fails > 0 ? [`${fails} fail`] : []),
    ...(known > 0 ? [`${known} known`] : []),
    ...(stale > 0 ? [`${stale} no longer deviate`] : []),
    ...(broken > 0 ? [`${broken} not judged`] : []),
    ...(warns > 0 ? [`${warns} recommended missed`] : []),
  ];
  const color =
    fails > 0
      ? 'red'
      : broken > 0
        ? 'lightgrey'
        : known + stale > 0
          ? 'yellow'
          : warns > 0
            ? 'yellowgreen'
            : 'brightgreen';
  return { message: parts.join(', ') || `${holds} hold`, color };
}
