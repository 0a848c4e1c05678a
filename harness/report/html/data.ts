import type { CaseOutcome } from '../../conformance/outcome.ts';
import type { BodyRecord, LedgerEvent } from '../../ledger/index.ts';

/** How many characters of a body or a log line a report shows. */
const SHOWN_TEXT = 1024;
/** How many events of one case a report carries: the first and the last, with the evidence between them. */
const EVENTS_OF_A_CASE = 2000;

/** Cases in one block: a case is drawn once its block is unpacked, so a block must stay small; alone it packs badly. */
export const CASES_IN_A_BLOCK = 16;

/** How many of these are a millisecond: times in the page are whole numbers. */
export const TICKS_PER_MS = 10;

/** The events of one case as the page's script draws them. */
export interface CaseData {
  readonly events: readonly LedgerEvent[];
  /** The evidence of what failed. */
  readonly evidence: readonly number[];
  /** How many events are in the ledger but not in the page. */
  readonly left: number;
}

/** What follows what: the difference in sequence numbers, the ticks since the event before, and the event without both. */
export type Step = readonly [seq: number, ticks: number, rest: object];

/** One case as the page carries it. */
export interface CarriedCase extends Omit<CaseData, 'events'> {
  /** What stands in the opened case, as HTML. */
  readonly inside: string;
  readonly steps: readonly Step[];
}

/** What a page carries of a case: all that it can show, within bounds. */
export function carried(outcome: CaseOutcome, inside: string, events: readonly LedgerEvent[]): CarriedCase {
  const wrong = outcome.findings.filter((each) => each.verdict === 'fails' || each.verdict === 'blocked');
  return carry(inside, events, { pointed: wrong.flatMap((each) => each.evidence), kept: outcome.evidence });
}

/**
 * The same for events that are no case's.
 * @param pointed sequence numbers of those that are pointed out
 * @param kept of those that stay where there are too many
 */
export function carry(
  inside: string,
  events: readonly LedgerEvent[],
  { pointed, kept: stay }: { readonly pointed: readonly number[]; readonly kept: readonly number[] },
): CarriedCase {
  const kept = bounded(events, new Set(stay));
  return { inside, steps: stepsOf(kept), evidence: [...new Set(pointed)], left: events.length - kept.length };
}

function bounded(events: readonly LedgerEvent[], evidence: ReadonlySet<number>): readonly LedgerEvent[] {
  if (events.length <= EVENTS_OF_A_CASE) return events;
  const half = EVENTS_OF_A_CASE / 2;
  return events.filter(
    (event, index) =>
      index < half || index >= events.length - half || (evidence.has(event.seq) && evidence.size <= half),
  );
}

function stepsOf(events: readonly LedgerEvent[]): Step[] {
  let before = { seq: 0, ticks: 0 };
  return events.map((event) => {
    const { seq, t, case: _, ...rest } = event;
    const now = { seq, ticks: Math.round(t * TICKS_PER_MS) };
    const step: Step = [now.seq - before.seq, now.ticks - before.ticks, slim(rest as Unstamped)];
    before = now;
    return step;
  });
}

type Unstamped = LedgerEvent extends infer E ? (E extends LedgerEvent ? Omit<E, 'seq' | 't' | 'case'> : never) : never;

/** Leaves out what the page never shows: digests, how a container was made, names for judges. */
function slim(event: Unstamped): object {
  switch (event.kind) {
    case 'request-body':
    case 'response-body': {
      const { sha256: _, digestedBytes: __, formSha256: ___, ...rest } = event;
      return { ...rest, ...shownText(event) };
    }
    case 'request': {
      const { requestKind: _, ...rest } = event;
      return rest;
    }
    case 'act': {
      const { mark: _, ...rest } = event;
      return rest;
    }
    case 'container': {
      const { inspect: _, ...rest } = event;
      return rest;
    }
    case 'job': {
      const { artifact: _, trace, ...rest } = event;
      return trace ? { ...rest, trace: shownText(trace) } : rest;
    }
    case 'log': {
      const { fields: _, ...rest } = event;
      return { ...rest, line: shorten(event.line) };
    }
    default:
      return event;
  }
}

const shownText = ({ text }: Pick<BodyRecord, 'text'>): object => (text === undefined ? {} : { text: shorten(text) });

const shorten = (text: string): string =>
  text.length > SHOWN_TEXT
    ? `${text.slice(0, SHOWN_TEXT)}… (${text.length - SHOWN_TEXT} more characters in the ledger)`
    : text;
