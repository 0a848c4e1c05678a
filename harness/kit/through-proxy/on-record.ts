import { check, counted, type Finding } from '../../conformance/authoring.ts';
import type { Evidence, Exchange } from '../../ledger/index.ts';
import { isOutOfTunnel, isSuccess, line } from './exchange.ts';

/**
 * That the proxy has a record of its own of what arrived: a forwarded request each, those out of opened tunnels included, or a
 * tunnel a TLS connection.
 */
export function isOnRecord(evidence: Evidence, arrived: readonly Exchange[], what: string): Finding {
  const tls = new Set(
    evidence.of('connection').flatMap((each) => (each.peer !== 'proxy' && each.tls ? [each.connection] : [])),
  );
  const passed = evidence.proxy().filter(({ status }) => status !== 407);
  // What came out of a tunnel that the proxy opened is on its record as what it forwarded.
  const opened = tally(passed.filter(isOutOfTunnel));
  const isTunnelled = (each: Exchange): boolean => tls.has(each.connection) && !opened.has(line(each));
  const plain = arrived.filter((each) => !isTunnelled(each));
  const forwarded = tally(passed.filter(({ method }) => method !== 'CONNECT'));
  const missing = [...tally(plain)].flatMap(([key, wanted]) => ((forwarded.get(key) ?? 0) < wanted ? [key] : []));
  const connections = new Set(arrived.filter(isTunnelled).map(({ connection }) => connection)).size;
  const tunnels = passed.filter((each) => each.method === 'CONNECT' && isSuccess(each));
  const holds = missing.length === 0 && tunnels.length >= connections;
  const met = `the proxy recorded ${counted(tunnels.length, 'tunnels')} in all; these requests came by ${counted(connections, 'connections')}`;
  const seen =
    missing.length > 0
      ? `the proxy knows nothing of ${missing[0]}`
      : connections > 0
        ? met
        : `the proxy has ${counted(plain.length, what)} on record`;
  return check(holds, `the proxy's own record has the ${what}`, seen, ...tunnels.slice(0, 3));
}

function tally(exchanges: readonly Exchange[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of exchanges) counts.set(line(each), (counts.get(line(each)) ?? 0) + 1);
  return counts;
}
