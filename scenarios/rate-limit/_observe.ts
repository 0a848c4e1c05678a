import type { World } from '../../harness/world/world.ts';
import { requestsOf } from './_findings.ts';
import type { LimitedKind } from './_requests.ts';

/** How long a subject may take from its start to the request in question, in milliseconds. */
const FIRST_REQUEST_LIMIT_MS = 60_000;

/** Waits for the first request of a kind to be answered. */
export function firstAnswered(world: World, kind: LimitedKind): Promise<unknown> {
  return world.waitFor(
    `the first ${kind} request`,
    (seen) => requestsOf(seen, kind)[0]?.answered,
    FIRST_REQUEST_LIMIT_MS,
  );
}

/** Waits for the n-th request of a kind to be answered. */
export function nthAnswered(world: World, kind: LimitedKind, n: number, limitMs: number): Promise<unknown> {
  return world.waitFor(`${kind} request number ${n}`, (seen) => requestsOf(seen, kind)[n - 1]?.answered, limitMs);
}
