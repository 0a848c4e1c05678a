import { blocked, check, type Finding } from '../../conformance/authoring.ts';
import type { Evidence, Exchange, RequestKind } from '../../ledger/index.ts';
import { counted } from '../words.ts';

/** What is behind the proxy, as the ledger and as a report names it. */
const ORIGINS = { gitlab: 'GitLab', registry: 'the registry' } as const;
type Origin = keyof typeof ORIGINS;

/**
 * That requests of these kinds went through the proxy, and nothing went around it: GitLab saw the proxy as its client,
 * the proxy's own record has them, and the tripwire saw nobody.
 * @param what the requests, as a report names them, such as `job requests`
 * @param at where they arrive
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

/** That the proxy has a record of its own of what arrived: a forwarded request each, or a tunnel a TLS connection. */
function isOnRecord(evidence: Evidence, arrived: readonly Exchange[], what: string): Finding {
  const tls = new Set(
    evidence.of('connection').flatMap((each) => (each.peer !== 'proxy' && each.tls ? [each.connection] : [])),
  );
  const plain = arrived.filter(({ connection }) => !tls.has(connection));
  const passed = evidence.proxy.filter(({ status }) => status !== 407);
  const forwarded = tally(passed.filter(({ method }) => method !== 'CONNECT'));
  const missing = [...tally(plain)].flatMap(([key, wanted]) => ((forwarded.get(key) ?? 0) < wanted ? [key] : []));
  const connections = new Set(arrived.flatMap(({ connection }) => (tls.has(connection) ? [connection] : []))).size;
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

/** That nobody went around the proxy during the whole case. */
export function nothingDirect(evidence: Evidence): Finding {
  const hits = evidence.tripwire;
  const direct = [...evidence.gitlab(), ...evidence.requests('registry')].filter(({ via }) => via !== 'proxy');
  const [hit] = hits;
  const seen = hit
    ? `${counted(hits.length, 'connections')} went around the proxy, the first to ${hit.to}: ${hit.detail || hit.protocol}`
    : direct.length > 0
      ? `${counted(direct.length, 'requests')} reached ${ORIGINS[direct[0]?.peer === 'registry' ? 'registry' : 'gitlab']} directly, the first: ${line(direct[0])}`
      : 'nothing went around the proxy';
  return check(hits.length + direct.length === 0, 'nothing goes around the proxy', seen, ...hits, ...direct);
}

/** That a job was handed out: what every question about a job needs first. */
export function jobTaken(evidence: Evidence): Finding | undefined {
  if (evidence.of('job').some(({ what }) => what === 'handed-out')) return undefined;
  const asked = evidence.gitlab('job').length;
  const refused = evidence.proxy.filter(({ status }) => status === 407).length;
  const seen =
    asked > 0
      ? `${counted(asked, 'job requests')} arrived at GitLab, but none was answered with a job`
      : refused > 0
        ? `no job request arrived at GitLab; the proxy answered ${counted(refused, 'requests')} with 407`
        : 'no job request arrived at GitLab';
  return blocked('a job is handed out', seen, ...evidence.gitlab('job').slice(0, 3));
}

/** A request target without scheme and authority, as the origin sees it. */
export const originForm = (target: string): string => target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';

export const isSuccess = ({ status }: Exchange): boolean => status !== undefined && status >= 200 && status < 300;

const line = (each: Exchange | undefined): string => (each ? `${each.method} ${originForm(each.target)}` : '');

function tally(exchanges: readonly Exchange[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of exchanges) counts.set(line(each), (counts.get(line(each)) ?? 0) + 1);
  return counts;
}
