import type { Outcome } from '../../../conformance/outcome.ts';
import { generationsOf } from '../model/columns.ts';
import type { HistoryColumn } from '../model/history-data.ts';
import { outcomeCounts } from '../model/outcome-counts.ts';
import type { CaseStanding } from '../model/standings.ts';
import type { HistoryRun } from '../store/history-run.ts';

/** `gitlab-runner 17.11.4`. */
export const subjectWords = ({ name, version }: HistoryColumn): string => `${name} ${version}`;

/** `profile 14.10`, or `profile 14.10, docker of sid`. */
export const profileWords = ({ profile, generations }: HistoryColumn): string =>
  `profile ${profile}${generations === '' ? '' : `, ${generations}`}`;

/** `2 fail, 40 pass`: what matters most comes first. */
export function countWords(outcomes: readonly Outcome[]): string {
  const counts = Map.groupBy(outcomes, (each) => each);
  return inWords((name) => counts.get(name)?.length ?? 0);
}

const inWords = (countOf: (outcome: Outcome) => number): string =>
  ORDER.flatMap((name) => (countOf(name) === 0 ? [] : [`${countOf(name)} ${name}`])).join(', ');

const ORDER: readonly Outcome[] = ['fail', 'blocked', 'warn', 'error', 'info', 'skip', 'pass'];

/** `changed from pass since 17.10.1`. */
export function changeWords({ changed, outcome }: Pick<CaseStanding, 'changed' | 'outcome'>): string {
  if (!changed) return '';
  const since = changed.since === undefined ? `on ${changed.at.slice(0, 10)}` : `since ${changed.since}`;
  return changed.before === outcome ? `another answer ${since}` : `changed from ${changed.before} ${since}`;
}

/** `gitlab-runner 17.11.4, profile 14.10: 3 fail, 780 pass`. */
export function runWords(run: HistoryRun): string {
  const column = { ...run.subject, profile: run.profile, generations: generationsOf(run), runs: [] };
  const counts = outcomeCounts(run);
  return `${subjectWords(column)}, ${profileWords(column)}: ${inWords((name) => counts.get(name) ?? 0)}`;
}
