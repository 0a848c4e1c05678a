import type { Cause } from '../cause.ts';
import { eachSetting, placeOf } from './_settings.ts';

export const proxyWithoutPortCause: Cause = {
  id: 'cntlm/proxy-without-port',
  severity: 'error',
  title: "cntlm's Proxy names no port.",
  seen: 'A Proxy line of cntlm.conf has a host alone. cntlm says “Invalid proxy specification” and ends.',
  fix: 'Write Proxy HOST:PORT.',
  symptoms: ['Invalid proxy specification'],
  find: (picture) =>
    eachSetting(picture, 'proxy')
      .filter(({ value }) => !/:\/\//.test(value) && !/:\d/.test(value.replace(/^["']/, '')))
      .map(({ value, ...place }) => ({
        ...placeOf(place),
        at: value,
        says: "cntlm's Proxy line has no port: it says “Invalid proxy specification” and ends.",
        remedy: { says: "Write the proxy's port behind the host, such as :8080." },
      })),
};
