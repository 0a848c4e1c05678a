import { check, type Finding } from '../../conformance/authoring.ts';
import { headerOf } from '../../ledger/evidence.ts';
import type { Evidence, Exchange } from '../../ledger/index.ts';
import type { LimitedKind } from './requests.ts';

/** That the case met its 429 at all: without it nothing is shown. */
function wasLimited(first: Exchange | undefined, kind: LimitedKind): Finding {
  return check(
    first?.status === 429,
    `a ${kind} request is made and answered with 429`,
    first ? `the first ${kind} request was answered with ${first.status ?? 'nothing'}` : `no ${kind} request was made`,
    first,
  );
}

/**
 * The first request of a kind, and its retry: the same request again. A job's other updates may come in between, so the
 * next request of the kind is taken for the retry only when none is of the same call. `unmet` says what is missing when there
 * was no 429.
 */
export function limitedRequest(
  evidence: Evidence,
  kind: LimitedKind,
): { limited?: Exchange; again?: Exchange; unmet: readonly Finding[] } {
  const [limited, ...later] = evidence.gitlab(kind);
  const met = wasLimited(limited, kind);
  if (!limited || met.verdict !== 'holds') return { unmet: [met] };
  const again = retryOf(limited, later);
  return { limited, ...(again ? { again } : {}), unmet: [] };
}

/**
 * The retry of a request among those of its kind: the next of its call where each call has an id of its own, or else the next that
 * is the same. A runner may make two calls of a kind at once, as from 18.5 on where a job's start is told while its trace goes on.
 * @param later all of the kind, or those that came after it
 */
export function retryOf(refused: Exchange, later: readonly Exchange[]): Exchange | undefined {
  const after = later.slice(later.indexOf(refused) + 1);
  const id = callOf(refused);
  const ofCall = id === undefined ? undefined : after.find((each) => callOf(each) === id);
  return ofCall ?? after.find((each) => isSame(refused, each)) ?? after[0];
}

/** The id of the call that a request is a try of; undefined where requests have none. A runner may as well give one to each request. */
export const callOf = ({ headers }: Exchange): string | undefined => headerOf(headers, 'X-Request-Id');

/** The same where there is no right answer: that a question could not be put is no measured answer. */
export const asBlocked = (unmet: readonly Finding[]): readonly Finding[] =>
  unmet.map((each) => ({ ...each, verdict: 'blocked' }));

/** Every try of the first request: those that are the same, or all of the kind when none is. */
export function triesOf(evidence: Evidence, kind: LimitedKind): readonly Exchange[] {
  const all = evidence.gitlab(kind);
  const [first] = all;
  const same = first ? all.filter((each) => isSame(first, each)) : [];
  return same.length > 1 ? same : all;
}

/** Whether a request is one before, again: method, target, every byte of the body, and its id where requests have one. */
function isSame(before: Exchange, each: Exchange): boolean {
  const sameCall = callOf(before) === callOf(each);
  return before.method === each.method && before.target === each.target && sameCall && sameBody(before, each);
}

/** Every byte of it; of a form its content, since its boundary differs whenever it is made. */
const sameBody = ({ body: before }: Exchange, { body: each }: Exchange): boolean =>
  before?.formSha256 === undefined || each?.formSha256 === undefined
    ? before?.bytes === each?.bytes && before?.sha256 === each?.sha256
    : before.formSha256 === each.formSha256;

/** What tells of a request what it is, and whose. A form's boundary differs whenever it is made. */
const TELLING = ['Content-Type', 'Content-Range', 'Job-Token', 'Private-Token', 'Runner-Token', 'Authorization'];

const tellingHeaders = ({ headers }: Exchange): string[] =>
  TELLING.map((name) => `${name}: ${headerOf(headers, name)?.replace(/;.*/s, '') ?? 'none'}`);

/** That a request is the same as one before: method, target, the headers that tell what it is, and every byte of the body. */
export function isSameRequest(limited: Exchange, again: Exchange): Finding {
  const sent = describe(limited);
  const resent = describe(again);
  const same = sameBody(limited, again);
  const before = tellingHeaders(limited);
  const changed = tellingHeaders(again).find((each, index) => each !== before[index]);
  const headers = changed === undefined ? '' : `, with another header, ${changed}`;
  return check(
    limited.method === again.method && limited.target === again.target && same && changed === undefined,
    `the same request again, with the same body: ${sent}`,
    `${resent}${same || sent !== resent ? '' : ', with another content'}${headers}`,
    limited,
    again,
  );
}

const describe = (each: Exchange): string =>
  `${each.method} ${each.target} with a body of ${each.body?.bytes ?? 0} bytes`;
