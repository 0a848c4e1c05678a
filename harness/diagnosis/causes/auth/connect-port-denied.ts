import { NAMES, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { denied, isOtherPort } from './_denied.ts';

export const connectPortDeniedCause: Cause = {
  id: 'auth/connect-port-denied',
  severity: 'error',
  title: 'The proxy lets CONNECT through to port 443 alone, and the target has another one.',
  seen: "403 for a CONNECT to a port other than 443, in a client's error or as TCP_DENIED in squid's log.",
  fix: 'Have the port allowed, or name the host in NO_PROXY where it is your own.',
  symptoms: ['TCP_DENIED/403 CONNECT', 'SSL_ports', 'registry on port 5000 Forbidden'],
  find: (picture) =>
    denied(picture)
      .filter(isOtherPort)
      .map((each) => {
        const { host = '', port } = each.target ?? {};
        const rule = picture
          .all('squid-conf')
          .flatMap(({ directives }) => directives)
          .find(({ key, value }) => key === 'acl' && /^SSL_ports\s+port\b/i.test(value));
        const remedy = picture.isInternal(host)
          ? `Name ${host} in NO_PROXY, or have port ${port} allowed.`
          : `Have port ${port} allowed by the proxy's administrators (acl SSL_ports of squid).`;
        const says = `The proxy refuses ${NAMES[each.who]} a tunnel to ${host}:${port}: CONNECT is allowed to port 443 alone.`;
        return rule
          ? { ...onLine(each, `${says} (${each.file}:${each.line})`, remedy), file: rule.file, line: rule.line }
          : onLine(each, says, remedy);
      }),
};
