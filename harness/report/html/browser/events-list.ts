import type { LedgerEvent } from '../../../ledger/index.ts';
import { cut, escapeHtml } from '../../picture/markup.ts';
import { moment, phrase, wholeText } from '../../picture/phrase.ts';

/** Every event of a case as a line that opens to its whole head. */
export function eventsList(events: readonly LedgerEvent[]): string {
  return events
    .map(
      (event) =>
        `<details class="event" data-event="${event.seq}"><summary><span class="when">${moment(event.t)}</span> <span class="who">${event.peer}</span> ${escapeHtml(cut(phrase(event), 200))}</summary><pre>${escapeHtml(wholeText(event))}</pre></details>`,
    )
    .join('');
}

/** What belongs to one row of the picture: the event itself, and the rest of its exchange. */
export function eventPanel(events: readonly LedgerEvent[], seq: number): string {
  const event = events.find((each) => each.seq === seq);
  if (!event) return '';
  const exchange = 'exchange' in event ? event.exchange : undefined;
  const body = event.kind === 'request' ? 'request-body' : 'response-body';
  const rest = events.filter(
    (each) => exchange !== undefined && each.kind === body && each.exchange === exchange && each.peer === event.peer,
  );
  return `<pre>${escapeHtml([event, ...rest].map(wholeText).join('\n\n'))}</pre>`;
}
