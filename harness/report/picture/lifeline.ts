import type { LedgerEvent } from '../../ledger/index.ts';

/** Who has a lifeline. */
export type Lifeline = 'subject' | 'proxy' | 'gitlab' | 'registry' | 'tripwire';

/** On whose lifeline an event stands; what the harness does to the subject stands on the subject's. */
export function lifelineOf(event: LedgerEvent): Lifeline {
  return event.peer === 'harness' ? 'subject' : event.peer;
}
