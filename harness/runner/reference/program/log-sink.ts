import type { LedgerSink } from '../../../ledger/index.ts';

/** A sink that passes the runner's own log on, and keeps nothing. */
export function logSink(print: (line: string) => void): LedgerSink {
  let seq = 0;
  return {
    nextSeq: () => ++seq,
    write: ({ event }) => {
      if (event.kind === 'log' && event.peer === 'subject' && event.process === undefined) print(event.line);
    },
  };
}
