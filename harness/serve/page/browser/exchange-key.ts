import type { LedgerEvent } from '../../../ledger/index.ts';

/** Names what belongs together: a request with its bodies and its answer; any other event is alone. */
export function exchangeKey(event: LedgerEvent): string {
  const exchange = 'exchange' in event ? event.exchange : undefined;
  return exchange === undefined ? `#${event.seq}` : `${event.peer} ${exchange}`;
}
