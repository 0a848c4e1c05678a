import { check, duration, type Finding } from '../../harness/conformance/authoring.ts';
import type { Evidence } from '../../harness/ledger/index.ts';
import { INTERVAL_MS } from '../_running.ts';

/** How late a poll may be, in milliseconds: for timers, and for a poll that was already under way. */
export const TOLERANCE_MS = 2000;

/** Between two marks of a scenario: when nothing could get through. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

/** The stretch between two marks; undefined when the scenario did not come so far. */
export function between(evidence: Evidence, first: string, second: string): Outage | undefined {
  const from = evidence.mark(first)?.t;
  const to = evidence.mark(second)?.t;
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** That GitLab got nothing as long as nothing could get through the proxy. */
export function nothingArrives(evidence: Evidence, { from, to }: Outage): Finding {
  const arrived = evidence.gitlab().filter((each) => each.arrived > from && each.arrived < to);
  return check(
    arrived.length === 0,
    'nothing reaches GitLab while the proxy lets nothing through',
    arrived.length === 0
      ? `nothing reached GitLab for ${duration(to - from)}`
      : `${arrived.length} requests reached GitLab meanwhile`,
    ...arrived.slice(0, 3),
  );
}

/**
 * That polling resumes by itself.
 * @param intervals how many poll intervals it may take
 */
export function resumes(evidence: Evidence, { to }: Outage, intervals: number): Finding {
  const limit = intervals * INTERVAL_MS + TOLERANCE_MS;
  const next = evidence.gitlab('job').find((each) => each.arrived >= to);
  const seen = next
    ? `the next job request reached GitLab ${duration(next.arrived - to)} afterwards, by way of ${next.via === 'proxy' ? 'the proxy' : 'another'}`
    : `no job request reached GitLab in the ${duration((evidence.mark('stopping')?.t ?? evidence.end) - to)} watched`;
  return check(
    next !== undefined && next.arrived - to <= limit && next.via === 'proxy',
    `polling through the proxy resumes by itself within ${duration(limit)}`,
    seen,
    next,
  );
}
