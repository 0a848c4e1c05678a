import type { BodyRecord, EventOf, Header, LedgerEvent, Peer, PlannedAnswer, RequestKind, Via } from './event.ts';

/** One request and its answer, as one peer saw them. Times are milliseconds on the case's clock. */
export interface Exchange {
  readonly peer: Peer;
  readonly id: string;
  readonly connection: string;
  readonly via: Via;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly requestKind?: RequestKind;
  readonly arrived: number;
  /** The ledger's sequence numbers of all its events, in order. */
  readonly evidence: readonly number[];
  readonly body?: BodyRecord;
  readonly status?: number;
  readonly reason?: string;
  readonly madeBy?: 'self' | 'origin';
  readonly responseHeaders: readonly Header[];
  /** When the answer's head was sent. */
  readonly answered?: number;
  /** When the answer's body, or the tunnel, ended. */
  readonly ended?: number;
  readonly responseBody?: BodyRecord;
  readonly planned?: PlannedAnswer;
  readonly tunnel?: { readonly bytesUp: number; readonly bytesDown: number };
}

type Growing = { -readonly [K in keyof Exchange]: Exchange[K] } & { evidence: number[] };

/** The first value of a header, whatever its letter case. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([each]) => each.toLowerCase() === wanted)?.[1];
}

/** What a judge reads: the events of one case, with the questions judges ask of them. */
export class Evidence {
  readonly events: readonly LedgerEvent[];
  readonly #exchanges: readonly Exchange[];

  constructor(events: readonly LedgerEvent[]) {
    this.events = events;
    this.#exchanges = assemble(events);
  }

  /** Events of one kind, in order. */
  of<K extends LedgerEvent['kind']>(kind: K): readonly EventOf<K>[] {
    return this.events.filter((event): event is EventOf<K> => event.kind === kind);
  }

  /** Requests as a peer saw them; with kinds, only those. */
  requests(peer: Peer, ...kinds: RequestKind[]): readonly Exchange[] {
    return this.#exchanges.filter(
      (each) => each.peer === peer && (kinds.length === 0 || (each.requestKind && kinds.includes(each.requestKind))),
    );
  }

  /** Requests that reached the mock GitLab. */
  gitlab(...kinds: RequestKind[]): readonly Exchange[] {
    return this.requests('gitlab', ...kinds);
  }

  /** Requests that reached the proxy, CONNECT included. */
  proxy(): readonly Exchange[] {
    return this.requests('proxy');
  }

  /** Every time the subject went around the proxy. */
  tripwire(): readonly EventOf<'tripwire'>[] {
    return this.of('tripwire');
  }

  /** Log lines of the subject, or of another peer. */
  logs(matching?: RegExp, peer: Peer = 'subject'): readonly EventOf<'log'>[] {
    return this.of('log').filter((event) => event.peer === peer && (!matching || matching.test(event.line)));
  }

  /** The moment a scenario marked, in milliseconds on the case's clock. */
  mark(name: string): EventOf<'act'> | undefined {
    return this.of('act').find((event) => event.mark === name);
  }

  /** When the case was over, in milliseconds on its clock. */
  end(): number {
    return this.events.at(-1)?.t ?? 0;
  }
}

function assemble(events: readonly LedgerEvent[]): Exchange[] {
  const byId = new Map<string, Growing>();
  const all: Growing[] = [];
  for (const event of events) {
    if (event.kind === 'request') {
      const exchange: Growing = {
        peer: event.peer,
        id: event.exchange,
        connection: event.connection,
        via: event.via,
        method: event.method,
        target: event.target,
        headers: event.headers,
        arrived: event.t,
        evidence: [event.seq],
        responseHeaders: [],
      };
      if (event.requestKind) exchange.requestKind = event.requestKind;
      byId.set(`${event.peer} ${event.exchange}`, exchange);
      all.push(exchange);
      continue;
    }
    if (!('exchange' in event) || event.exchange === undefined) continue;
    const exchange = byId.get(`${event.peer} ${event.exchange}`);
    if (!exchange) continue;
    exchange.evidence.push(event.seq);
    grow(exchange, event);
  }
  return all;
}

function grow(exchange: Growing, event: LedgerEvent): void {
  switch (event.kind) {
    case 'request-body':
      exchange.body = event;
      break;
    case 'response':
      exchange.status = event.status;
      exchange.reason = event.reason;
      exchange.madeBy = event.madeBy;
      exchange.responseHeaders = event.headers;
      exchange.answered = event.t;
      if (event.planned) exchange.planned = event.planned;
      break;
    case 'response-body':
      exchange.responseBody = event;
      exchange.ended = event.t;
      break;
    case 'tunnel-end':
      exchange.tunnel = event;
      exchange.ended = event.t;
      break;
  }
}
