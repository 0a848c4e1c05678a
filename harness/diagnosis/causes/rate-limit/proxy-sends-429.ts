import { failuresOfKind, firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';

export const proxySends429Cause: Cause = {
  id: 'rate-limit/proxy-sends-429',
  severity: 'error',
  title: "The 429 is the proxy's answer to CONNECT, and no rule of GitLab's for repeating applies.",
  seen: '“Too Many Requests” as a bare phrase behind an https URL, “CONNECT tunnel failed, response 429”, or a CONNECT with 429 in squid’s log. A status=429 is GitLab’s.',
  fix: "Have the proxy's limit raised; make fewer connections.",
  symptoms: ['Too Many Requests', 'CONNECT tunnel failed, response 429'],
  find: (picture) =>
    firstOf(failuresOfKind(picture, 'answered').filter(({ status }) => status === 429)).map((failure) =>
      onLine(
        failure,
        "The proxy itself answers CONNECT with 429: it is the proxy's limit, not GitLab's, and the runner does not wait for it.",
        "Have the proxy's limit raised for this host.",
      ),
    ),
};
