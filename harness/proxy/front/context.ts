import type { Clock } from '../../clock/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import type { FaultScheduler } from '../scheduler/fault-scheduler.ts';

/** What everything in a proxy works with. */
export interface ProxyContext {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly faults: FaultScheduler;
}

const counted = new WeakMap<Ledger, number>();

/** A name that no other connection or exchange of the same ledger has. */
export function newId(ledger: Ledger, prefix: 'pc' | 'px'): string {
  const count = (counted.get(ledger) ?? 0) + 1;
  counted.set(ledger, count);
  return `${prefix}${count}`;
}
