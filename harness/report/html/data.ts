import type { CaseOutcome } from '../../conformance/outcome.ts';
import type { BodyRecord, LedgerEvent } from '../../ledger/index.ts';

/** How many characters of a body or a log line a report shows. */
const SHOWN_TEXT = 1024;
/** How many events of one case a report carries: the first and the last, with the evidence between them. */
const EVENTS_OF_A_CASE = 2000;

/** The events of one case as the page carries them. */
export interface CaseData {
  readonly events: readonly LedgerEvent[];
  /** The evidence of what failed. */
  readonly evidence: readonly number[];
  /** How many events are in the ledger but not in the page. */
  readonly left: number;
}

/** What a page carries of a case: everything, within bounds. */
export function caseData(outcome: CaseOutcome, events: readonly LedgerEvent[]): CaseData {
  const wrong = outcome.findings.filter((each) => each.verdict === 'fails' || each.verdict === 'blocked');
  const evidence = wrong.length > 0 ? wrong.flatMap((each) => each.evidence) : [];
  const kept = bounded(events, new Set(outcome.evidence));
  return { events: kept.map(slim), evidence: [...new Set(evidence)], left: events.length - kept.length };
}

/** Data as the content of a script element: no `<` can end it early. */
export function inlineJson(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function bounded(events: readonly LedgerEvent[], evidence: ReadonlySet<number>): readonly LedgerEvent[] {
  if (events.length <= EVENTS_OF_A_CASE) return events;
  const half = EVENTS_OF_A_CASE / 2;
  return events.filter(
    (event, index) =>
      index < half || index >= events.length - half || (evidence.has(event.seq) && evidence.size <= half),
  );
}

function slim(event: LedgerEvent): LedgerEvent {
  const { case: _, ...rest } = event;
  const slimmed = rest as LedgerEvent;
  switch (slimmed.kind) {
    case 'request-body':
    case 'response-body':
      return { ...slimmed, ...slimBody(slimmed) };
    case 'job':
      return slimmed.trace ? { ...slimmed, trace: slimBody(slimmed.trace) } : slimmed;
    case 'log': {
      const { fields: _, ...line } = slimmed;
      return { ...line, line: shorten(slimmed.line) };
    }
    default:
      return slimmed;
  }
}

function slimBody(body: BodyRecord): BodyRecord {
  return {
    ...body,
    sha256: body.sha256.slice(0, 12),
    ...(body.text === undefined ? {} : { text: shorten(body.text) }),
  };
}

const shorten = (text: string): string =>
  text.length > SHOWN_TEXT
    ? `${text.slice(0, SHOWN_TEXT)}… (${text.length - SHOWN_TEXT} more characters in the ledger)`
    : text;
