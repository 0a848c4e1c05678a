import type { EventOf, LedgerEvent } from '../../ledger/index.ts';
import { containersByConnection } from './containers.ts';
import { fold } from './fold.ts';
import { type Lifeline, lifelineOf } from './lifeline.ts';
import { phrase, requestPhrase, resetTimes, responsePhrase, size } from './phrase.ts';
import type { MarkRow, NoteRow, Row, Tone } from './row.ts';
import { type Span, spansOf } from './spans.ts';

export interface Story {
  readonly lifelines: readonly Lifeline[];
  readonly rows: readonly Row[];
  readonly spans: readonly Span[];
}

/** Marks later than this after the last event are left out, in milliseconds. */
const MARK_BEYOND_MS = 5_000;

/** What of a case's events is drawn, as rows in order of time. */
export function storyOf(events: readonly LedgerEvent[]): Story {
  const requests = new Map<string, EventOf<'request'>>();
  const bodies = new Map<string, number>();
  const encrypted = new Set<string>();
  const hasProxy = events.some((event) => event.peer === 'proxy');
  const containers = containersByConnection(events);
  const known: Known = { requests, bodies, encrypted, containers, resets: resetTimes(events), hasProxy };
  for (const event of events) {
    if (event.kind === 'request') requests.set(`${event.peer} ${event.exchange}`, event);
    if (event.kind === 'request-body') bodies.set(`${event.peer} ${event.exchange}`, event.bytes);
    if (event.kind === 'connection' && isOrigin(event.peer) && event.tls) encrypted.add(event.connection);
  }
  const rows: Row[] = [];
  for (const event of events) {
    const row = rowOf(event, known);
    if (row) rows.push(row);
  }
  const shown = [...fold(rows), ...marks(events)].sort((a, b) => a.t - b.t || a.seq - b.seq);
  const used = new Set<Lifeline>(['subject', 'gitlab']);
  for (const row of shown) {
    if (row.kind === 'arrow') used.add(row.from).add(row.to);
    if (row.kind === 'note' && row.at !== 'harness') used.add(row.at);
  }
  const order: Lifeline[] = ['subject', 'proxy', 'gitlab', 'registry', 'tripwire'];
  return {
    lifelines: order.filter((each) => used.has(each)),
    rows: shown,
    spans: spansOf(events),
  };
}

/** What one event's row takes from the others. */
interface Known {
  readonly requests: ReadonlyMap<string, EventOf<'request'>>;
  /** Sizes of request bodies, by exchange. */
  readonly bodies: ReadonlyMap<string, number>;
  /** Which container opened a connection, by the peer's name for it. */
  readonly containers: ReadonlyMap<string, string>;
  /** The origins' connections that came through a tunnel. */
  readonly encrypted: ReadonlySet<string>;
  readonly resets: ReadonlyMap<string, number>;
  readonly hasProxy: boolean;
}

function rowOf(
  event: LedgerEvent,
  { requests, bodies, encrypted, containers, resets, hasProxy }: Known,
): Row | undefined {
  const { seq, t } = event;
  switch (event.kind) {
    case 'request':
    case 'response': {
      const exchange = `${event.peer} ${event.exchange}`;
      const request = event.kind === 'request' ? event : requests.get(exchange);
      if (!request) return undefined;
      const to = lifelineOf(event);
      const from = sender(request, encrypted);
      const key = requestPhrase(request);
      if (event.kind === 'request') {
        const bytes = bodies.get(exchange) ?? 0;
        const direct = hasProxy && isOrigin(request.peer) && request.via === 'direct' ? ' · direct' : '';
        const who = containers.get(`${request.peer} ${request.connection}`);
        const label = `${key}${bytes > 0 ? ` · ${size(bytes)}` : ''}${direct}${who ? ` · from ${who}` : ''}`;
        return { kind: 'arrow', seq, t, from, to, label, tone: 'plain', answer: false, key, exchange };
      }
      const { status } = event;
      const label = responsePhrase(event, resets);
      return {
        kind: 'arrow',
        seq,
        t,
        from: to,
        to: from,
        label,
        tone: toneOf(status),
        answer: true,
        key,
        exchange,
        status,
      };
    }
    case 'tripwire':
      return {
        kind: 'arrow',
        seq,
        t,
        from: 'subject',
        to: 'tripwire',
        label: `BYPASS ${event.detail} → ${event.to}${containers.has(`tripwire ${seq}`) ? ` · from ${containers.get(`tripwire ${seq}`)}` : ''}`,
        tone: 'bad',
        answer: false,
        key: event.detail,
        exchange: `tripwire ${seq}`,
      };
    case 'request-body':
    case 'response-body':
      return event.complete ? undefined : note(event, 'bad');
    case 'client-certificate':
      return note(event, event.verified ? 'quiet' : 'limit');
    case 'connection':
    case 'connection-end':
      return undefined;
    case 'case-start':
    case 'case-end':
      return { kind: 'note', seq, t, at: 'harness', label: phrase(event), tone: 'quiet', edge: true };
    case 'case-closed':
    case 'engine':
      return undefined;
    case 'act':
      return { kind: 'note', seq, t, at: 'harness', label: phrase(event), tone: 'plain' };
    case 'waited':
    case 'gave-up':
    case 'broken':
      return { kind: 'note', seq, t, at: 'harness', label: phrase(event), tone: 'bad' };
    case 'late':
      return { kind: 'note', seq, t, at: 'harness', label: phrase(event), tone: 'limit' };
    case 'flag':
      return note(event, 'bad');
    case 'fault':
      return note(event, 'limit');
    case 'authentication':
      return note(event, event.step === 'refused' ? 'limit' : 'quiet');
    case 'process-exit':
      return note(event, event.code === 0 ? 'plain' : 'bad');
    case 'lookup':
    case 'process-start':
    case 'job':
    case 'tunnel-end':
      return note(event, 'plain');
    case 'container':
      // A container is there when it runs; what it was created with stands among the events.
      return event.what === 'created' ? undefined : note(event, 'quiet');
    case 'log':
      return note(event, 'quiet');
  }
}

function note(event: LedgerEvent, tone: Tone): NoteRow {
  return { kind: 'note', seq: event.seq, t: event.t, at: lifelineOf(event), label: phrase(event), tone };
}

/** Whether a peer is what the subject wants to reach. */
const isOrigin = (peer: LedgerEvent['peer']): boolean => peer === 'gitlab' || peer === 'registry';

/** Who sent a request: what came to an origin inside a tunnel was said by the subject itself. */
function sender(request: EventOf<'request'>, encrypted: ReadonlySet<string>): Lifeline {
  const relayed = isOrigin(request.peer) && request.via === 'proxy' && !encrypted.has(request.connection);
  return relayed ? 'proxy' : 'subject';
}

function toneOf(status: number): Tone {
  if (status === 429 || status === 407) return 'limit';
  if (status >= 400) return 'bad';
  return status < 300 ? 'good' : 'plain';
}

function marks(events: readonly LedgerEvent[]): MarkRow[] {
  const end = events.at(-1)?.t ?? 0;
  const found = new Map<number, MarkRow>();
  for (const event of events) {
    if (event.kind !== 'response' || event.planned?.resetAt === undefined) continue;
    const t = event.planned.resetAt;
    if (t > event.t && t <= end + MARK_BEYOND_MS && !found.has(t)) {
      found.set(t, { kind: 'mark', seq: event.seq, t, label: 'stated reset time' });
    }
  }
  return [...found.values()];
}
