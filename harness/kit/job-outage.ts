import { blocked, type Finding } from '../conformance/authoring.ts';
import type { Evidence, Exchange } from '../ledger/index.ts';
import type { Fault } from '../proxy/index.ts';
import type { World } from '../world/world.ts';
import { isAfter } from './order.ts';
import { OUTAGE, type Outage, outageOf } from './outage.ts';

/** The answer of a proxy to a request that it does not forward. @param line what is in the first line of those that it strikes */
export function answersWith(status: number, line?: string): Fault {
  return { fault: 'answer', status, ...(line === undefined ? {} : { line }) };
}

/**
 * Has the proxy of the jobs fail: it is the world's `standby`, so that the runner's own requests, which go by `proxy`, stay well.
 * @returns puts it right
 */
export function failJobProxy({ standby, mark }: Pick<World, 'standby' | 'mark'>, fault: Fault): () => void {
  const active = standby.inject(fault);
  mark(OUTAGE.from, "the jobs' proxy fails from here on");
  return () => {
    mark(OUTAGE.to, "the jobs' proxy is put right");
    active.off();
    mark(OUTAGE.over, "the jobs' proxy is well again");
  };
}

/**
 * Undefined when a job met its failing proxy; how often a system refuses connections nobody sees.
 * @param who should have met it, as a sentence begins with it
 */
export function jobOutageMet(evidence: Evidence, who: string): Finding | undefined {
  const outage = outageOf(evidence);
  const expected = `${who} meets the failing proxy`;
  if (!outage) return blocked(expected, 'the proxy never failed');
  const met = evidence.of('fault').filter(({ state, name }) => state === 'struck' || name === 'refuse');
  return met.length > 0 ? undefined : blocked(expected, `${who} sent it no request while it failed`, outage.from);
}

/** Whether a request came while the proxy failed. */
export const isDuring = (each: Exchange, { from, to }: Outage): boolean => isAfter(each, from) && !isAfter(each, to);
