import { check, duration, type Finding } from '../../conformance/authoring.ts';
import { headerOf } from '../../ledger/evidence.ts';
import type { Evidence, Exchange } from '../../ledger/index.ts';
import { ARTIFACT_ARRIVED, JOB_RAN, type LimitedKind } from './requests.ts';

/** A reset time has a resolution of one second, so a client may be so much early. In milliseconds. */
export const RESET_RESOLUTION_MS = 1000;
/** Timers may fire a little before their time. In milliseconds. */
export const ROUNDING_MS = 50;
/** How late a request may be, in milliseconds. */
export const RESET_TOLERANCE_MS = 2000;
/** The page's fallback for an invalid date, in milliseconds. */
export const ONE_MINUTE_MS = 60_000;
/** The longest that a default interval of no stated length may be, in milliseconds: more than that is no retry any more. */
export const DEFAULT_INTERVAL_LIMIT_MS = 62_000;

/** That the case met its 429 at all: without it nothing is shown. */
function wasLimited(first: Exchange | undefined, kind: LimitedKind): Finding {
  return check(
    first?.status === 429,
    `a ${kind} request is made and answered with 429`,
    first ? `the first ${kind} request was answered with ${first.status ?? 'nothing'}` : `no ${kind} request was made`,
    first,
  );
}

/** That a request comes again, and when: not before `from`, at most the tolerance after `to`. Times as in the ledger. */
export function comesAgain(
  limited: Exchange,
  again: Exchange | undefined,
  window: { from: number; to: number; why: string; watchedUntil: number },
): Finding {
  const answered = limited.answered ?? limited.arrived;
  const expected = `the request comes again ${window.why}, ${duration(Math.max(0, window.from - answered))} to ${duration(window.to - answered)} after the 429`;
  if (!again) {
    return check(
      false,
      expected,
      `it did not come again in the ${duration(window.watchedUntil - answered)} watched`,
      limited,
    );
  }
  const holds = again.arrived >= window.from && again.arrived <= window.to;
  return check(holds, expected, `it came again ${duration(again.arrived - answered)} after the 429`, limited, again);
}

/**
 * The first request of a kind, and its retry: the same request again. A job's other updates may come in between, so the
 * next request of the kind is taken for the retry only when none is the same. `unmet` says what is missing when there
 * was no 429.
 */
export function limitedRequest(
  evidence: Evidence,
  kind: LimitedKind,
): { limited?: Exchange; again?: Exchange; unmet: readonly Finding[] } {
  const [limited, ...later] = evidence.gitlab(kind);
  const met = wasLimited(limited, kind);
  if (!limited || met.verdict !== 'holds') return { unmet: [met] };
  const again = later.find((each) => isSame(limited, each, kind)) ?? later[0];
  return { limited, ...(again ? { again } : {}), unmet: [] };
}

/** Every try of the first request: those that are the same, or all of the kind when none is. */
export function triesOf(evidence: Evidence, kind: LimitedKind): readonly Exchange[] {
  const all = evidence.gitlab(kind);
  const [first] = all;
  const same = first ? all.filter((each) => isSame(first, each, kind)) : [];
  return same.length > 1 ? same : all;
}

/** Whether a request is one before, again: method, target, every byte of the body, and its id where requests have one. */
function isSame(before: Exchange, each: Exchange, kind: LimitedKind): boolean {
  const [id, other] = [before, each].map(({ headers }) => headerOf(headers, 'X-Request-Id'));
  return before.method === each.method && before.target === each.target && id === other && sameBody(before, each, kind);
}

// Each multipart body has a boundary of its own, so an upload is compared by its size.
const sameBody = (before: Exchange, each: Exchange, kind: LimitedKind): boolean =>
  before.body?.bytes === each.body?.bytes && (kind === 'upload' || before.body?.sha256 === each.body?.sha256);

/** The window of a valid reset time. */
export function untilReset(limited: Exchange): { from: number; to: number; why: string } {
  const resetAt = limited.planned?.resetAt ?? Number.NaN;
  return {
    from: resetAt - RESET_RESOLUTION_MS,
    to: resetAt + RESET_TOLERANCE_MS,
    why: 'when the stated time has come',
  };
}

/** The window of a wait that has a length. */
export function afterWait(limited: Exchange, ms: number, why: string): { from: number; to: number; why: string } {
  const answered = limited.answered ?? limited.arrived;
  return { from: answered + ms - RESET_RESOLUTION_MS, to: answered + ms + RESET_TOLERANCE_MS, why };
}

/** The window of a wait whose length the page leaves open. */
export function withinWait(limited: Exchange, ms: number, why: string): { from: number; to: number; why: string } {
  const answered = limited.answered ?? limited.arrived;
  return { from: answered, to: answered + ms, why };
}

/** That a request is the same as one before: method, target, and every byte of the body. */
export function isSameRequest(limited: Exchange, again: Exchange, kind: LimitedKind): Finding {
  const sent = describe(limited);
  const resent = describe(again);
  const same = sameBody(limited, again, kind);
  return check(
    limited.method === again.method && limited.target === again.target && same,
    `the same request again, with the same body: ${sent}`,
    same || sent !== resent ? resent : `${resent}, with another content`,
    limited,
    again,
  );
}

const describe = (each: Exchange): string =>
  `${each.method} ${each.target} with a body of ${each.body?.bytes ?? 0} bytes`;

/** Where a runner says what became of a request: its log, or for the helper's commands the job's trace. */
export function reportedLine(
  evidence: Evidence,
  pattern: RegExp,
): { seq: number; t: number; text: string } | undefined {
  const log = evidence.logs(pattern)[0];
  if (log) return { seq: log.seq, t: log.t, text: log.line };
  for (const exchange of evidence.gitlab('trace')) {
    const line = exchange.body?.text?.split('\n').find((each) => pattern.test(each));
    if (line) return { seq: exchange.evidence[0] ?? 0, t: exchange.arrived, text: line };
  }
  return undefined;
}

/** That the error is said. */
export function reportsError(evidence: Evidence, pattern: RegExp, says: string): Finding {
  const found = reportedLine(evidence, pattern);
  return check(
    found !== undefined,
    `${says} is reported`,
    found ? `reported: ${found.text.slice(0, 200)}` : 'neither the log nor the trace says so',
    found ? { seq: found.seq } : undefined,
  );
}

/** That what the answer to a request is for has happened. */
export function usesAnswer(evidence: Evidence, kind: LimitedKind): Finding {
  if (kind === 'register' || kind === 'verify') {
    const ended = evidence.mark('command-ended');
    return check(
      ended?.what.endsWith('exit code 0') === true,
      `the ${kind} command succeeds`,
      ended ? ended.what : `the ${kind} command did not end`,
      ended,
    );
  }
  const finished = evidence.of('job').find((each) => each.what === 'finished');
  const trace = finished?.trace?.text ?? '';
  const succeeded = check(
    finished?.state === 'success' && trace.includes(JOB_RAN),
    'the job is run to success and its trace is whole',
    finished
      ? `the job ended as ${finished.state}, its trace ${trace.includes(JOB_RAN) ? 'whole' : 'without what the script printed'}`
      : 'the job did not end',
    finished,
  );
  if (succeeded.verdict !== 'holds') return succeeded;
  if (kind === 'upload') {
    const artifact = evidence.of('job').find((each) => each.what === 'artifact');
    return check(
      artifact !== undefined,
      'the artifact arrives',
      artifact ? 'it arrived' : 'it did not arrive',
      artifact,
      finished,
    );
  }
  if (kind === 'download') {
    return check(
      trace.includes(ARTIFACT_ARRIVED),
      'the script finds the artifact',
      trace.includes(ARTIFACT_ARRIVED) ? 'it found it' : 'it did not',
      finished,
    );
  }
  return succeeded;
}
