import type { Stage } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import { JOB_LIMIT_MS, START_LIMIT_MS } from './limits.ts';

/** Whether the subject has gone around the proxy, which ends a wait: nothing better is to come. */
export const bypassed = (seen: Evidence): boolean => seen.tripwire().length > 0;

/** How long a job may take to its end once the subject has gone around the proxy, in milliseconds. */
const BYPASSED_LIMIT_MS = 20_000;

/**
 * Waits until as many jobs as said are over; for at most 20 s more once the subject has gone around the proxy.
 * @param count how many jobs, all those of the case included
 * @param limitMs how long, in milliseconds; that it passed is a mark in the ledger, and no error
 */
export async function jobsEnd(
  { world }: Stage,
  count = 1,
  limitMs: number = START_LIMIT_MS + JOB_LIMIT_MS,
): Promise<void> {
  const what = count === 1 ? "the job's final state" : `the final states of ${count} jobs`;
  const over = (seen: Evidence): boolean => seen.of('job').filter(({ what }) => what === 'finished').length >= count;
  await world.waitFor(what, (seen) => over(seen) || bypassed(seen), limitMs);
  const { evidence } = world;
  const taken = evidence.of('job').some(({ what }) => what === 'handed-out');
  if (taken && !over(evidence)) await world.waitFor(what, over, BYPASSED_LIMIT_MS);
}
