import type { LedgerEvent } from '../../ledger/index.ts';
import { type Lifeline, lifelineOf } from './lifeline.ts';

/** Something with a beginning and an end: a tunnel or a fault. */
export interface Span {
  readonly kind: 'tunnel' | 'fault';
  readonly at: Lifeline;
  readonly label: string;
  readonly fromSeq: number;
  /** Undefined: it lasted until the end of the case. */
  readonly toSeq?: number;
}

/** The tunnels and the faults of a case. */
export function spansOf(events: readonly LedgerEvent[]): Span[] {
  return [...tunnels(events), ...faults(events)];
}

function tunnels(events: readonly LedgerEvent[]): Span[] {
  const connects = new Map<string, string>();
  for (const event of events) {
    if (event.kind === 'request' && event.method === 'CONNECT')
      connects.set(`${event.peer} ${event.exchange}`, event.target);
  }
  return events.flatMap((event): Span[] => {
    if (event.kind !== 'response' || event.status < 200 || event.status > 299) return [];
    const target = connects.get(`${event.peer} ${event.exchange}`);
    if (target === undefined) return [];
    const end = events.find(
      (each) => each.kind === 'tunnel-end' && each.peer === event.peer && each.exchange === event.exchange,
    );
    const label = `tunnel to ${target}`;
    return [{ kind: 'tunnel', at: lifelineOf(event), label, fromSeq: event.seq, ...(end ? { toSeq: end.seq } : {}) }];
  });
}

function faults(events: readonly LedgerEvent[]): Span[] {
  return events.flatMap((event): Span[] => {
    if (event.kind !== 'fault' || event.state !== 'on') return [];
    const off = events.find(
      (each) => each.kind === 'fault' && each.state === 'off' && each.name === event.name && each.seq > event.seq,
    );
    const label = `fault ${event.name}`;
    return [{ kind: 'fault', at: lifelineOf(event), label, fromSeq: event.seq, ...(off ? { toSeq: off.seq } : {}) }];
  });
}
