import { duration } from '../../conformance/finding.ts';
import { type Quantity, quantitiesIn } from './quantities.ts';

/**
 * Sentences that differ in their quantities alone as one, which has their ranges: `again after 1.00 s to 3.00 s`. Where they differ in
 * their words, the first.
 * @param sentences at least one
 */
export function ranged(sentences: readonly string[]): string {
  const [first = ''] = sentences;
  const all = sentences.map((sentence) => quantitiesIn(sentence));
  const own = quantitiesIn(first);
  if (all.some((each) => each.length !== own.length)) return first;
  let text = '';
  let end = 0;
  for (const [index, quantity] of own.entries()) {
    const amounts = all.map((each) => each[index]?.amount ?? 0);
    const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
    const written = first.slice(quantity.at, quantity.at + quantity.length);
    text += first.slice(end, quantity.at) + (least === most ? written : rangeOf(quantity, least, most, written));
    end = quantity.at + quantity.length;
  }
  return text + first.slice(end);
}

function rangeOf({ unit, of }: Quantity, least: number, most: number, written: string): string {
  if (unit === 's') return `${duration(least * 1000)} to ${duration(most * 1000)}`;
  if (unit === 'bytes') return `${least} to ${most} bytes`;
  if (unit === '%') return `${least} to ${most} %`;
  // A single one is named in the singular, and the part of a whole has no noun.
  return /\s/.test(written) ? `${least} to ${most} ${of ?? ''}` : `${least} to ${most}`;
}
