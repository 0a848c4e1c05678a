import type { Evidence } from '../../harness/ledger/index.ts';
import type { World } from '../../harness/world/world.ts';
import { requestsOf } from './_findings.ts';
import type { LimitedKind } from './_requests.ts';

/** How long a subject may take from its start to the request in question, in milliseconds. */
const FIRST_REQUEST_LIMIT_MS = 60_000;

/** Waits for the first request of a kind to be answered; not for long when the job is over without one. */
export function firstAnswered(world: World, kind: LimitedKind): Promise<unknown> {
  return nthAnswered(world, kind, 1, FIRST_REQUEST_LIMIT_MS);
}

/** Waits for the n-th request of a kind to be answered; not for long when the job is over without it. */
export function nthAnswered(world: World, kind: LimitedKind, n: number, limitMs: number): Promise<unknown> {
  return world.waitFor(
    n === 1 ? `the first ${kind} request` : `${kind} request number ${n}`,
    (seen) => requestsOf(seen, kind)[n - 1]?.answered ?? isOver(seen),
    limitMs,
  );
}

/** Whether the job that makes the requests has ended. */
const isOver = (seen: Evidence): boolean => seen.of('job').some(({ what }) => what === 'finished');
