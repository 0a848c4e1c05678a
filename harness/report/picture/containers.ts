import type { LedgerEvent } from '../../ledger/index.ts';

/**
 * Which container opened each connection, told by its address while it ran.
 * @returns names of containers, by peer and connection; by `tripwire` and the event's number for what went around the proxy
 */
export function containersByConnection(events: readonly LedgerEvent[]): ReadonlyMap<string, string> {
  const running = new Map<string, string>();
  const found = new Map<string, string>();
  const note = (key: string, from: string): void => {
    const name = running.get(from.replace(/:\d+$/, ''));
    if (name !== undefined) found.set(key, name);
  };
  for (const event of events) {
    if (event.kind === 'container') for (const each of event.addresses ?? []) running.set(each, event.name);
    if (event.kind === 'connection') note(`${event.peer} ${event.connection}`, event.from);
    if (event.kind === 'tripwire') note(`tripwire ${event.seq}`, event.from);
  }
  return found;
}
