import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LedgerEvent } from '../ledger/index.ts';
import { ReportError, reportError } from './error.ts';
import { writeText } from './files.ts';

/** The ledger's name in a run's directory. */
export const LEDGER_FILE = 'ledger.ndjson';

/**
 * Reads a run's ledger. A last line that a killed run left unfinished is passed over.
 * @param dir the run's directory
 * @throws ReportError when it is missing, or has a line that is no event
 */
export async function readLedger(dir: string): Promise<LedgerEvent[]> {
  const file = join(dir, LEDGER_FILE);
  const events: LedgerEvent[] = [];
  let number = 0;
  let broken: ReportError | undefined;
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (line.trim() === '') continue;
      if (broken) throw broken;
      const event = parse(line);
      if (event) events.push(event);
      else
        broken = new ReportError(
          `Line ${number} of ${file} is no ledger event. The file was changed or cut; run again.`,
        );
    }
  } catch (error) {
    throw reportError(`read ${file}`, error);
  }
  return events;
}

/** @throws ReportError when it cannot be written */
export async function writeLedger(dir: string, events: readonly LedgerEvent[]): Promise<void> {
  await writeText(join(dir, LEDGER_FILE), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

function parse(line: string): LedgerEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const event = value as Partial<LedgerEvent>;
  const stamped =
    Number.isInteger(event.seq) &&
    typeof event.case === 'string' &&
    typeof event.t === 'number' &&
    typeof event.peer === 'string' &&
    typeof event.kind === 'string';
  return stamped ? (event as LedgerEvent) : undefined;
}
