import type { LedgerEvent } from '../../ledger/index.ts';
import { moment, phrase, resetTimes, storyOf, waitSentences } from '../picture/index.ts';
import { printable } from './printable.ts';
import { cutColumns, type Paint } from './text.ts';

/** How many lines an excerpt has at most. */
const LINES = 16;

/** What tells a reader something without being evidence itself. */
const TELLING = new Set<LedgerEvent['kind']>([
  'request',
  'response',
  'tripwire',
  'fault',
  'flag',
  'authentication',
  'client-certificate',
  'process-exit',
  'act',
  'waited',
  'gave-up',
  'broken',
  'late',
  'tunnel-end',
]);

/**
 * The part of a case's ledger that shows what happened, from all hops, with times; evidence is marked.
 * @param events all events of the case
 * @param evidence sequence numbers that must be in it
 * @param most how many events it may have
 */
export function excerpt(
  events: readonly LedgerEvent[],
  evidence: readonly number[],
  { width, paint }: { width: number; paint: Paint },
  most: number = LINES,
): string[] {
  const shown = choose(events, new Set(evidence), most);
  const waits = waitSentences(storyOf(shown).rows);
  const resets = resetTimes(events);
  const lines: string[] = [];
  let last: LedgerEvent | undefined;
  for (const event of shown) {
    const skipped = last ? countBetween(events, last, event) : 0;
    if (skipped > 0) lines.push(paint('dim', `${' '.repeat(27)}… ${skipped} more`));
    const wait = waits.get(event.seq);
    if (wait) lines.push(paint('yellow', `${' '.repeat(15)}⋮           ${wait}`));
    lines.push(line(event, phrase(event, resets), evidence.includes(event.seq), { width, paint }));
    last = event;
  }
  return lines;
}

function line(
  event: LedgerEvent,
  words: string,
  isEvidence: boolean,
  { width, paint }: { width: number; paint: Paint },
): string {
  const time = moment(event.t).padStart(11);
  const what = cutColumns(printable(words), Math.max(10, width - 27));
  const arrow = event.kind === 'request' ? '→' : event.kind === 'response' ? '←' : ' ';
  const text = `${isEvidence ? '▸' : ' '} ${time}  ${event.peer.padEnd(9)} ${arrow} ${what}`;
  if (event.kind === 'tripwire') return paint('red', text);
  return isEvidence ? paint('bold', text) : text;
}

function choose(events: readonly LedgerEvent[], evidence: ReadonlySet<number>, most: number): LedgerEvent[] {
  const telling = events.filter((event) => TELLING.has(event.kind) || (evidence.has(event.seq) && !isWholeBody(event)));
  const marked = telling.filter((event) => evidence.has(event.seq)).slice(0, most);
  const first = marked[0];
  const final = marked.at(-1);
  if (!first || !final) return telling.slice(-most);
  const near = telling.filter((event) => !evidence.has(event.seq));
  // The other hop's view lies between the evidence, or right beside it.
  near.sort((a, b) => distance(a, first, final) - distance(b, first, final));
  return [...marked, ...near.slice(0, most - marked.length)].sort((a, b) => a.seq - b.seq);
}

/** A body that came as it should says little beside its head. */
const isWholeBody = (event: LedgerEvent): boolean =>
  (event.kind === 'request-body' || event.kind === 'response-body') && event.complete;

function distance(event: LedgerEvent, first: LedgerEvent, final: LedgerEvent): number {
  if (event.seq < first.seq) return first.seq - event.seq;
  return event.seq > final.seq ? event.seq - final.seq : 0;
}

function countBetween(events: readonly LedgerEvent[], from: LedgerEvent, to: LedgerEvent): number {
  return events.filter((event) => event.seq > from.seq && event.seq < to.seq && TELLING.has(event.kind)).length;
}
