import type { Evidence, Exchange } from '../ledger/index.ts';

/**
 * Whether a request came after an event, by the order of the ledger: in simulated time much happens at one moment.
 * @param event a mark, say; after an event that never was, nothing comes
 */
export function isAfter(exchange: Exchange, event: { readonly seq: number } | undefined): boolean {
  return event !== undefined && (exchange.evidence[0] ?? 0) > event.seq;
}

/** The requests at GitLab for a job that came after a moment that was marked. */
export function pollsAfter(evidence: Evidence, mark: string): readonly Exchange[] {
  const moment = evidence.mark(mark);
  return evidence.gitlab('job').filter((each) => isAfter(each, moment));
}
