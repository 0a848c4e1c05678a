import { duration } from '../../conformance/finding.ts';
import { cut } from '../picture/index.ts';
import { plural } from '../verdict.ts';
import { behaviourOf } from './behaviour.ts';
import type { Boundary } from './boundaries.ts';
import { type Column, labelOf } from './column.ts';
import type { ValueSeries } from './values.ts';

/** How much of an answer is in a name, in characters. */
const ANSWER = 90;

/** A boundary's name, as a sentence without its full stop. */
export function boundaryWords({ turn, says, before, after, from, to }: Boundary): string {
  const [old, now] = [labelOf(from), labelOf(to)];
  switch (turn) {
    case 'better':
      return `From ${now} on: ${says}`;
    case 'worse':
      return `Until ${old}, and no longer from ${now} on: ${says}`;
    case 'other':
      // What was asked says nothing of the answer.
      return `From ${now} on: ${cut(after, ANSWER)} (before: ${cut(before, ANSWER)})`;
  }
}

/** Where it was seen: `under profile 14.10 and 18.3`. */
export const underWords = ({ under }: Pick<Boundary, 'under'>): string =>
  `under profile ${new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(under)}`;

/** A value as people read it. @param amount in the unit */
export function amountWords(amount: number, unit: ValueSeries['unit']): string {
  if (unit === 's') return duration(amount * 1000);
  return unit === '' ? String(amount) : `${amount} ${unit}`;
}

/** How columns that belong together are headed. */
export const trackWords = ({ kind, profile, generations }: Pick<Column, 'kind' | 'profile' | 'generations'>): string =>
  [kind, `profile ${profile}`, generations].filter(Boolean).join(', ');

/** How many cases of which columns say nothing of the subject, as sentences. */
export function silentWords(columns: readonly Column[]): readonly string[] {
  return columns.flatMap((column) => {
    const outcomes = [...column.entries.values()].map(({ outcome }) => outcome);
    const silent = outcomes.filter((each) => behaviourOf(each) === undefined);
    if (silent.length === 0) return [];
    const counts = [...Map.groupBy(silent, ({ outcome }) => outcome)].map(([name, own]) => `${own.length} ${name}`);
    return [
      `Nothing is known of ${silent.length} of ${plural(outcomes.length, 'case', 'cases')} of ${labelOf(column)} under profile ${column.profile}: ${counts.join(', ')}.`,
    ];
  });
}
