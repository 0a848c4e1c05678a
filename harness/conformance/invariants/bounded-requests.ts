import type { Evidence, Exchange } from '../../ledger/index.ts';
import { check, type Finding } from '../finding.ts';
import type { Allowances } from './allowances.ts';

/** In milliseconds on the case's clock. */
const WINDOW_MS = 10_000;
/**
 * Twice what the busiest right subject sends: the five tries that the page allows a rate-limited request, made at once by
 * every call that a job needs, are 30 in 10 s.
 */
const MOST = 60;

/** That GitLab is never flooded: of one kind of request, and to one path, at most 60 arrive within 10 s. */
export function boundedRequests(evidence: Evidence, { requests: most = MOST }: Allowances): Finding[] {
  const kinds = Map.groupBy(evidence.gitlab(), ({ requestKind = 'unknown' }) => requestKind);
  return [...kinds].flatMap(([kind, exchanges]) => {
    const burst = firstBurst(exchanges, most);
    if (burst.length === 0) return [];
    return [
      check(
        false,
        `at most ${most} requests of a kind reach GitLab within ${WINDOW_MS / 1000} s`,
        `${burst.length} of the kind ${kind} did, from ${((burst[0]?.arrived ?? 0) / 1000).toFixed(1)} s on`,
        burst[0],
        burst.at(-1),
      ),
    ];
  });
}

function firstBurst(exchanges: readonly Exchange[], most: number): readonly Exchange[] {
  for (let first = 0, last = 0; last < exchanges.length; last++) {
    while ((exchanges[last]?.arrived ?? 0) - (exchanges[first]?.arrived ?? 0) > WINDOW_MS) first++;
    if (last - first >= most) return exchanges.slice(first, last + 1);
  }
  return [];
}
