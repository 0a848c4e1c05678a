import { byHost, failuresOfKind, firstOf, hostOfFailure, NAMES, onLine } from '../_log.ts';
import { hostPlaceOf } from '../_place.ts';
import type { Cause } from '../cause.ts';

export const proxyCannotReachCause: Cause = {
  id: 'body/proxy-cannot-reach',
  severity: 'error',
  title: 'The proxy itself does not reach the host: its way out, its DNS or its parent fails.',
  seen: '502, 503 or 504 in answer to CONNECT for an external host, in a client’s error or as NONE_NONE/503 in squid’s log. For a host of your own it is NO_PROXY.',
  fix: "Ask the proxy's administrators; nothing here is set wrongly.",
  symptoms: ['Service Unavailable', 'Bad Gateway', 'Gateway Timeout', 'CONNECT tunnel failed, response 503'],
  find: (picture) =>
    firstOf(
      failuresOfKind(picture, 'answered').filter(
        (each) => (each.status ?? 0) >= 500 && hostPlaceOf(picture, each) === 'external',
      ),
      byHost,
    ).map((failure) =>
      onLine(
        failure,
        `The proxy answers ${NAMES[failure.who]} with ${failure.status}: it does not reach ${hostOfFailure(failure)} itself, for want of a way out, of DNS, or of its parent.`,
        "Ask the proxy's administrators; nothing on this host is set wrongly.",
      ),
    ),
};
