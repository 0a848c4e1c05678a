import type { LedgerEvent } from '../../../ledger/index.ts';
import { STEP_WORDS, type StepResult, type Trial } from '../../../reproduce/index.ts';
import type { Mask } from '../../diagnosis/mask.ts';
import { failureWords } from '../failure-words.ts';
import { maskedEvent } from '../masked-event.ts';

/** What a page shows of a trial. */
export interface TrialStory {
  /** Of its beginning on: times are milliseconds since then. */
  readonly events: readonly LedgerEvent[];
  /** The events that show what failed. */
  readonly evidence: readonly number[];
}

/** The connections, requests and answers of a trial, with a line before each thing that was tried; secrets are masked. */
export function storyOfTrial({ steps }: Trial, events: readonly LedgerEvent[], mask: Mask): TrialStory {
  const begin = timeAt(events, steps[0]?.span[0] ?? 0);
  const shown = steps.flatMap((step) => eventsOf(step, events));
  return {
    events: shown.map((event) => ({ ...maskedEvent(event, mask), t: Math.max(0, event.t - begin) })),
    evidence: steps.flatMap((step) => evidenceOf(step, events)),
  };
}

function eventsOf({ step, failure, span: [from, until] }: StepResult, events: readonly LedgerEvent[]): LedgerEvent[] {
  const own = events.filter(({ seq }) => seq > from && seq < until);
  const note = (what: string, seq: number, t: number): LedgerEvent => ({
    kind: 'act',
    peer: 'harness',
    case: own[0]?.case ?? '',
    what,
    seq,
    t,
  });
  // Between the numbers of what was recorded, so that each stands in its place.
  return [
    note(STEP_WORDS[step], from + 0.25, timeAt(events, from)),
    ...own.filter(isShown),
    ...(failure
      ? [note(`✗ ${failureWords({ ...failure, text: '' })}`, until - 0.25, own.at(-1)?.t ?? timeAt(events, from))]
      : []),
  ];
}

const timeAt = (events: readonly LedgerEvent[], seq: number): number =>
  events.find((each) => each.seq >= seq)?.t ?? events.at(-1)?.t ?? 0;

const COMPLAINS = /fail|error|forbidden|warn|denied|refused/i;

/** What the harness does to look is no part of the case, nor what services say that have nothing to complain of. */
function isShown(event: LedgerEvent): boolean {
  if (event.kind === 'log') return event.peer === 'subject' && COMPLAINS.test(event.line);
  // How a stand-in is made to refuse is no part of it either.
  return event.kind !== 'fault' && (event.peer !== 'harness' || event.kind === 'container');
}

/** What went around the proxy, or what the proxy refused, as the failure says. */
function evidenceOf({ failure, span: [from, until] }: StepResult, events: readonly LedgerEvent[]): readonly number[] {
  if (!failure) return [];
  return events.flatMap((event) => {
    if (event.seq <= from || event.seq >= until) return [];
    const isIt =
      failure.kind === 'direct'
        ? event.kind === 'tripwire'
        : event.kind === 'response' && event.peer === 'proxy' && event.status === failure.status;
    return isIt ? [event.seq] : [];
  });
}
