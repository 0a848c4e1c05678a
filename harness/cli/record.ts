import { join } from 'node:path';
import { fileSink, type LedgerEvent, type LedgerSink } from '../ledger/index.ts';
import { ReportError, readLedger } from '../report/index.ts';

/** The ledger of a run, on disk while the run goes on. */
export interface RunRecord {
  readonly sink: LedgerSink;
  /** Takes no more events, and gives back what was recorded. @throws ReportError when it could not all be written */
  close(): Promise<readonly LedgerEvent[]>;
}

/**
 * Begins the ledger in a run's directory.
 * @param failed is called as soon as it cannot be written, so that the run does not go on for nothing
 */
export function startRecord(directory: string, failed: (error: ReportError) => void): RunRecord {
  const file = fileSink(join(directory, 'ledger.ndjson'));
  const explain = (error: Error): ReportError =>
    new ReportError(
      `The ledger cannot be written to ${directory}: ${error.message}. Free space, or name a directory on another disk with --report.`,
      { cause: error },
    );
  file.onFailure((error) => failed(explain(error)));
  let open = true;
  return {
    sink: {
      nextSeq: () => file.nextSeq(),
      // A world that is kept for a look goes on recording; the report is made by then.
      write: (entry) => {
        if (open) file.write(entry);
      },
    },
    close: async () => {
      open = false;
      await file.close().catch((error: Error) => {
        throw explain(error);
      });
      return readLedger(directory);
    },
  };
}
