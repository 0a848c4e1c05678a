import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import { checkEvent, type LedgerEvent } from '../ledger/index.ts';
import { ReportError } from './error.ts';
import { writeText } from './files.ts';
import { readRunFile } from './run-file.ts';

/** The ledger's name in a run's directory. */
export const LEDGER_FILE = 'ledger.ndjson';

/** The longest line that is read, in bytes; a run's own have less than a hundredth of it. */
const LONGEST_LINE = 16 * 2 ** 20;

/**
 * Reads a run's ledger. A last line that a killed run left unfinished is passed over.
 * @param dir the run's directory
 * @throws ReportError when it is missing, or has a line that is no event, or events that are not in order
 */
export async function readLedger(dir: string): Promise<LedgerEvent[]> {
  const file = join(dir, LEDGER_FILE);
  const bytes = await readRunFile(file);
  const events: LedgerEvent[] = [];
  let number = 0;
  let last = 0;
  for (let begin = 0; begin < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, begin);
    const line = bytes.subarray(begin, newline < 0 ? bytes.length : newline);
    begin += line.length + 1;
    number++;
    const value = parse(line);
    if (value === NOTHING) continue;
    if (value === undefined && newline < 0) break;
    const checked = value === undefined ? { problem: whyUnreadable(line) } : checkEvent(value);
    if ('problem' in checked) throw broken(file, number, checked.problem);
    const { event } = checked;
    if (event.seq <= last) throw broken(file, number, `at seq, ${event.seq} comes after ${last}`);
    last = event.seq;
    events.push(event);
  }
  return events;
}

/** A ledger as its file has it: a line of JSON for each event. */
export const ledgerText = (events: readonly LedgerEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

/** @throws ReportError when it cannot be written */
export async function writeLedger(dir: string, events: readonly LedgerEvent[]): Promise<void> {
  await writeText(join(dir, LEDGER_FILE), ledgerText(events));
}

const NEWLINE = 0x0a;
/** What an empty line holds. */
const NOTHING = Symbol('nothing');

/** @returns undefined when it is no JSON in UTF-8 */
function parse(line: Buffer): unknown {
  if (line.length > LONGEST_LINE || !isUtf8(line)) return undefined;
  const text = line.toString('utf8');
  if (text.trim() === '') return NOTHING;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whyUnreadable(line: Buffer): string {
  if (line.length > LONGEST_LINE) return `it is longer than ${LONGEST_LINE / 2 ** 20} MiB`;
  return isUtf8(line) ? 'it is no JSON' : 'it is no UTF-8';
}

const broken = (file: string, line: number, problem: string): ReportError =>
  new ReportError(`Line ${line} of ${file} is no ledger event: ${problem}. The file was changed or cut; run again.`, {
    reason: 'usage',
  });
