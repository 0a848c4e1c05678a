import { duration } from '../../conformance/finding.ts';
import { cut } from '../picture/index.ts';
import { behaviourOf } from './behaviour.ts';
import type { Boundary } from './boundaries.ts';
import { type Column, labelOf, type Track } from './column.ts';
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

/** How many cases have no verdict, in which versions and why: a sentence for each track in which there are any. */
export function silentWords(tracks: readonly Track[]): readonly string[] {
  return tracks.flatMap((track) => {
    const parts = track.columns.flatMap((column) => {
      const outcomes = [...column.entries.values()].map(({ outcome }) => outcome);
      const silent = outcomes.filter((each) => behaviourOf(each) === undefined);
      if (silent.length === 0) return [];
      const ways = [
        ...Map.groupBy(silent, ({ outcome }) =>
          outcome === 'error' ? 'the harness broke' : outcome === 'skip' ? 'skipped' : outcome,
        ),
      ];
      const why = ways.map(([way, own]) => (ways.length === 1 ? way : `${own.length}: ${way}`));
      return [`${labelOf(column)} ${silent.length} of ${outcomes.length} (${why.join(', ')})`];
    });
    return parts.length === 0 ? [] : [`Cases without a verdict, ${trackWords(track)}: ${parts.join('; ')}.`];
  });
}

/** Where two versions are not neighbours: `18.0.0 says nothing of these cases`. */
export const betweenWords = (between: readonly string[]): string =>
  between.length === 0
    ? ''
    : `${new Intl.ListFormat('en-GB').format(between)} ${between.length === 1 ? 'says' : 'say'} nothing of these cases`;
