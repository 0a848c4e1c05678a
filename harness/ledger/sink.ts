import type { LedgerEntry } from './entry.ts';

/** Takes the events of every case of a run and gives each its place in the one order. */
export interface LedgerSink {
  /** The position the next event gets; each call gives a new one. */
  nextSeq(): number;
  /** Stores an event. Reading it here costs time on the way of a request: a sink that can reads it later. */
  write(entry: LedgerEntry): void;
}

/** A sink that keeps nothing but the order; for tests and for worlds used without a run. */
export function countingSink(): LedgerSink {
  let seq = 0;
  return { nextSeq: () => ++seq, write: () => {} };
}
