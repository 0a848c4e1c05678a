import type { Evidence, Exchange } from '../../ledger/index.ts';
import type { World } from '../../world/world.ts';
import { callOf, triesOf } from './limited-request.ts';
import type { LimitedKind } from './requests.ts';

/** How long a subject may take from its start to the request in question, in milliseconds. */
const FIRST_REQUEST_LIMIT_MS = 60_000;

/** Waits for the first request of a kind to be answered; not for long when the job is over without one. */
export function firstAnswered(world: World, kind: LimitedKind): Promise<unknown> {
  const answered = (seen: Evidence) => seen.gitlab(kind)[0]?.answered ?? isOver(seen);
  return world.waitFor(`the first ${kind} request`, answered, FIRST_REQUEST_LIMIT_MS);
}

/** Waits for the first request of a kind to come again and be answered; not for long when the job is over without it. */
export function answeredAgain(world: World, kind: LimitedKind, limitMs: number): Promise<unknown> {
  const answered = (seen: Evidence) => secondTry(seen, kind)?.answered ?? isOver(seen);
  return world.waitFor(`the ${kind} request again`, answered, limitMs);
}

/** The first request again. One of another call, which has another id, is not taken for it: that may be made at the same time. */
function secondTry(seen: Evidence, kind: LimitedKind): Exchange | undefined {
  const [first, ...later] = seen.gitlab(kind);
  const id = first && callOf(first);
  return id === undefined ? triesOf(seen, kind)[1] : later.find((each) => callOf(each) === id);
}

/** Whether the job that makes the requests has ended. */
const isOver = (seen: Evidence): boolean => seen.of('job').some(({ what }) => what === 'finished');
