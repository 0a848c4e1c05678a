import { check, counted, type Finding } from '../../conformance/authoring.ts';
import type { Evidence, Exchange, RequestKind } from '../../ledger/index.ts';
import { line } from './exchange.ts';
import { nothingDirect } from './nothing-direct.ts';
import { isOnRecord } from './on-record.ts';
import { ORIGINS, type Origin } from './origins.ts';

/**
 * That requests of these kinds went through the proxy, and nothing went around it: the origin saw the proxy as its client, the
 * proxy's own record has them, and the tripwire saw nobody.
 * @param kinds kinds of request; all when empty
 * @param what the requests, as a report names them, in the plural: `job requests`
 * @param at where they arrive
 * @returns two or three findings: that they arrive, that they are on record, and last that nothing went around
 */
export function throughProxy(
  evidence: Evidence,
  kinds: readonly RequestKind[],
  what: string,
  at: Origin = 'gitlab',
): Finding[] {
  const arrived = evidence.requests(at, ...kinds);
  return [
    arrivesFromProxy(arrived, what, ORIGINS[at]),
    ...(arrived.length > 0 ? [isOnRecord(evidence, arrived, what)] : []),
    nothingDirect(evidence),
  ];
}

function arrivesFromProxy(arrived: readonly Exchange[], what: string, where: string): Finding {
  const others = arrived.filter(({ via }) => via !== 'proxy');
  const seen =
    arrived.length === 0
      ? `no ${what} arrived at ${where}`
      : others.length === 0
        ? `${counted(arrived.length, what)} arrived at ${where}, from the proxy`
        : `${others.length} of ${counted(arrived.length, what)} arrived at ${where} from elsewhere, the first: ${line(others[0])}`;
  const holds = arrived.length > 0 && others.length === 0;
  return check(
    holds,
    `${what} arrive at ${where}, and from the proxy`,
    seen,
    ...(holds ? arrived.slice(0, 3) : others),
  );
}
