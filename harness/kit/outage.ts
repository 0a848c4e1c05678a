import { check, counted, duration, type Finding } from '../conformance/authoring.ts';
import type { EventOf, Evidence, Exchange } from '../ledger/index.ts';
import { isAfter } from './order.ts';
import { POLL_INTERVAL_MS } from './running/limits.ts';

/** How late a poll may be, in milliseconds: for timers, and for a poll that was already under way. */
export const POLL_TOLERANCE_MS = 2000;

/**
 * A time in which nothing can get through the proxy, as a scenario marks it. What belongs to it is decided by the order of
 * the ledger, since in simulated time much happens at one moment.
 */
export interface Outage {
  /** From here on nothing gets through. */
  readonly from: EventOf<'act'>;
  /** From here on something may: the proxy is being put right. */
  readonly to: EventOf<'act'>;
  /** The proxy is all right. */
  readonly over: EventOf<'act'>;
}

/** Marks an outage's beginning, its end, and that it is over. */
export const OUTAGE = { from: 'outage-begins', to: 'outage-ends', over: 'outage-is-over' } as const;

/** The outage of a case; undefined when the scenario did not come so far. */
export function outageOf(evidence: Evidence): Outage | undefined {
  const [from, to, over] = [OUTAGE.from, OUTAGE.to, OUTAGE.over].map((name) => evidence.mark(name));
  return from && to && over ? { from, to, over } : undefined;
}

/** That GitLab got nothing as long as nothing could get through the proxy. @param outage the whole case when left out */
export function nothingArrives(evidence: Evidence, outage?: Outage): Finding {
  const isMeanwhile = (each: Exchange): boolean => !outage || (isAfter(each, outage.from) && !isAfter(each, outage.to));
  const arrived = evidence.gitlab().filter(isMeanwhile);
  const lasting = outage ? ` for ${duration(outage.to.t - outage.from.t)}` : '';
  return check(
    arrived.length === 0,
    'nothing reaches GitLab while the proxy lets nothing through',
    arrived.length === 0
      ? `nothing reached GitLab${lasting}`
      : `${counted(arrived.length, 'requests')} reached GitLab meanwhile`,
    ...arrived.slice(0, 3),
  );
}

/**
 * That polling resumes by itself.
 * @param intervals how many poll intervals it may take
 */
export function resumes(evidence: Evidence, { to, over }: Outage, intervals: number): Finding {
  const limit = intervals * POLL_INTERVAL_MS + POLL_TOLERANCE_MS;
  const next = evidence.gitlab('job').find((each) => isAfter(each, to));
  const seen = next
    ? `the next job request reached GitLab ${duration(Math.max(0, next.arrived - over.t))} afterwards, by way of ${next.via === 'proxy' ? 'the proxy' : 'another'}`
    : `no job request reached GitLab in the ${duration((evidence.mark('stopping')?.t ?? evidence.end()) - over.t)} watched`;
  return check(
    next !== undefined && next.arrived - over.t <= limit && next.via === 'proxy',
    `polling through the proxy resumes by itself within ${duration(limit)}`,
    seen,
    next,
  );
}
