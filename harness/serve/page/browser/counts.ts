import { type LabDocument, part } from './dom.ts';

/** How much of the record there is, is chosen and is drawn. */
export interface RecordCounts {
  readonly total: number;
  readonly chosen: number;
  /** Whether everything is chosen. */
  readonly isEverything: boolean;
  /** Whether more may be found that is chosen. */
  readonly isSought: boolean;
  readonly older: number;
  readonly newer: number;
  readonly follows: boolean;
}

/** Says around the picture what is not in it. */
export function showCounts(page: LabDocument, counts: RecordCounts): void {
  const { total, chosen, older, newer } = counts;
  const number = (value: number): string => value.toLocaleString('en');
  const is = (id: string, text: string): void => {
    const element = part(page, id);
    if (element.textContent !== text) element.textContent = text;
    element.hidden = text === '';
  };
  is(
    'shown',
    counts.isEverything
      ? `${number(total)} events`
      : `${number(chosen)} of ${number(total)} events${counts.isSought ? ', still looking' : ''}`,
  );
  is('older', older > 0 ? `Show older events (${number(older)} before these)` : '');
  is('newer', newer > 0 ? `Show newer events (${number(newer)} after these)` : '');
  is('nothing', total > 0 && chosen === 0 && !counts.isSought ? 'No event is like what you chose.' : '');
  part(page, 'quiet').hidden = total > 0;
  part(page, 'follow').setAttribute('aria-pressed', String(counts.follows));
}
