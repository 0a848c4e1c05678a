import { duration } from '../../conformance/finding.ts';
import type { Boundary } from './boundaries.ts';
import { type Column, labelOf } from './column.ts';
import type { ValueSeries } from './values.ts';

/** A boundary's name, as a sentence without its full stop. */
export function boundaryWords({ turn, says, from, to }: Boundary): string {
  const [old, now] = [labelOf(from), labelOf(to)];
  switch (turn) {
    case 'better':
      return `From ${now} on: ${says}`;
    case 'worse':
      return `Until ${old}, and no longer from ${now} on: ${says}`;
    case 'other':
      return `Otherwise from ${now} on: ${says}`;
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
