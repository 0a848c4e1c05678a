import { type AxisValues, check, counted, type Finding } from '../../conformance/authoring.ts';
import { explainUntrusted } from '../../diagnosis/tls/explain.ts';
import type { Evidence, Exchange } from '../../ledger/index.ts';
import { traceLines } from '../job/trace.ts';
import { isOutOfTunnel } from '../through-proxy/exchange.ts';

/** Requests that the proxy saw inside tunnels which it had opened. */
export const openedRequests = (evidence: Evidence): readonly Exchange[] => evidence.proxy().filter(isOutOfTunnel);

/**
 * That the proxy opened tunnels to some hosts, or to none: what a client did behind it counts only then.
 * @param opened whether tunnels to hosts of these names are opened
 */
export function tunnelsAre(evidence: Evidence, opened: boolean, host: RegExp): Finding {
  const seen = openedRequests(evidence).filter(({ target }) => host.test(new URL(target).hostname));
  return check(
    seen.length > 0 === opened,
    opened ? 'the proxy opens the tunnels' : 'the proxy leaves the tunnels as they are',
    `it saw ${counted(seen.length, 'requests')} inside of them`,
    ...seen.slice(0, 3),
  );
}

/**
 * As {@link tunnelsAre}, for what a case arranges alone. squid has no record of its own: it writes of a request when that is over, which may be
 * after the case. There the request itself tells, as GitLab's own CA is nowhere.
 */
export const tunnelsAreOpened = (evidence: Evidence, axes: AxisValues, host: RegExp): readonly Finding[] =>
  axes['interceptor'] === 'squid' ? [] : [tunnelsAre(evidence, true, host)];

/**
 * Findings that end, where one does not hold, with what explains it: the cause in the catalogue, by what the runner and its jobs
 * wrote, and the file or variable to change.
 */
export function withTlsCause(evidence: Evidence, findings: readonly Finding[]): readonly Finding[] {
  if (findings.every(({ verdict }) => verdict === 'holds' || verdict === 'measured')) return findings;
  const ended = evidence.of('job').filter(({ what }) => what === 'finished');
  const cause = explainUntrusted({
    runner: evidence.logs(/./).map(({ line }) => line),
    jobs: ended.map((_, nth) => traceLines(evidence, nth)),
  });
  if (!cause) return findings;
  const first = findings.findIndex(({ verdict }) => verdict === 'fails' || verdict === 'blocked');
  const why = `${cause.cause}: ${cause.says} ${cause.remedy.says}`.replace(/\.$/, '');
  return findings.map((each, index) => (index === first ? { ...each, observed: `${each.observed}. ${why}` } : each));
}
