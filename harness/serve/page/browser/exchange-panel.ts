import type { EventOf, LedgerEvent } from '../../../ledger/index.ts';
import { escapeHtml } from '../../../report/picture/markup.ts';
import { seconds, size, wholeText } from '../../../report/picture/phrase.ts';
import type { ClockTime } from './clock-time.ts';
import { clientsOf } from './facets.ts';
import type { Group } from './record.ts';

const TITLES: Readonly<Partial<Record<LedgerEvent['kind'], string>>> = {
  request: 'Request',
  'request-body': 'Body of the request',
  response: 'Answer',
  'response-body': 'Body of the answer',
  'tunnel-end': 'End of the tunnel',
  tripwire: 'Around the proxy',
};

/** All that is known of one event and what belongs to it: for a request the bodies and the answer too. */
export function exchangePanel(event: LedgerEvent, group: Group | undefined, time: ClockTime): string {
  const events = group?.events ?? [event];
  const parts = events.map((each) => {
    const bytes = isBody(each) ? ` · ${size(each.bytes)}${each.complete ? '' : ', cut short'}` : '';
    const title = `${TITLES[each.kind] ?? 'Event'} <small>${time.whole(each.t)} · ${each.peer} · #${each.seq}${bytes}</small>`;
    return `<section class="part${each.seq === event.seq ? ' chosen' : ''}"><h4>${title}</h4><pre>${escapeHtml(isBody(each) ? laidOut(each.text) : toldBy(each))}</pre></section>`;
  });
  return `${factsOf(events, group)}${parts.join('')}`;
}

/** The same as text, to be copied. */
export function exchangeText(event: LedgerEvent, group: Group | undefined, time: ClockTime): string {
  return (group?.events ?? [event])
    .map((each) => `#${each.seq}  ${time.whole(each.t)}  ${each.peer}\n${toldBy(each)}`)
    .join('\n\n');
}

/** Without the line that says when and by whom: the title does. */
const toldBy = (event: LedgerEvent): string => wholeText(event).split('\n').slice(1).join('\n');

const isBody = (event: LedgerEvent): event is EventOf<'request-body'> | EventOf<'response-body'> =>
  event.kind === 'request-body' || event.kind === 'response-body';

/** JSON in one line is given lines, where that changes nothing else of it; any other text stands as it came. */
export function laidOut(text: string | undefined): string {
  if (text === undefined) return 'The record has only its digest.';
  if (!/^[[{]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}

function factsOf(events: readonly LedgerEvent[], group: Group | undefined): string {
  const request = events.find((each): each is EventOf<'request'> => each.kind === 'request');
  if (!request) return '';
  const answer = events.find((each) => each.kind === 'response');
  const facts = [
    ['Client', group ? clientsOf(group.facets).join(', ') : ''],
    ['Connection', `${request.connection}, ${VIA[request.via]}`],
    ['Answer after', answer ? seconds(answer.t - request.t) : 'none yet'],
  ];
  const rows = facts.filter(([, value]) => value !== '');
  return `<dl>${rows.map(([name = '', value = '']) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;
}

const VIA: Readonly<Record<EventOf<'request'>['via'], string>> = {
  proxy: 'through the proxy',
  direct: 'directly',
  subject: 'from a client',
};
