import { percentDecodeBytes } from '../../../url/index.ts';
import { configured } from '../job/environment.ts';
import { exactNoProxy, greedyNoProxy } from '../policies/no-proxy.ts';
import { basic, type ProxyFailure, type ProxyPolicy } from '../policies/proxy-policy.ts';
import type { Mutant } from './mutant.ts';

/** A fault in the use of a proxy. */
const proxyFault = (name: string, says: string, change: (honest: ProxyPolicy) => Partial<ProxyPolicy>): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, proxy: { ...honest.proxy, ...change(honest.proxy) } }),
});

const goesAround = (name: string, says: string, when: (failure: ProxyFailure) => boolean): Mutant =>
  proxyFault(name, says, () => ({ goesAround: when }));

const UNRESOLVED = /ENOTFOUND|EAI_AGAIN|resolv|dns|unknown host|not found/i;
const MADE_BY_PROXY_CHAIN = 590;

function isUnresolved(failure: ProxyFailure): boolean {
  if (failure.at === 'dial') return failure.code === 'ENOTFOUND' || failure.code === 'EAI_AGAIN';
  if (failure.at === 'connect') return failure.status >= 500;
  return failure.status >= MADE_BY_PROXY_CHAIN || (failure.status >= 500 && UNRESOLVED.test(failure.body));
}

/** Faults in how proxies are chosen, asked and gone around. */
export const proxyMutants: readonly Mutant[] = [
  goesAround(
    'goes-direct-when-proxy-refuses',
    'When no connection to the proxy can be made, the request is made without it.',
    (failure) => failure.at === 'dial',
  ),
  goesAround(
    'goes-direct-when-proxy-answers-407',
    'When the proxy answers 407, the request is made without it.',
    (failure) => failure.at !== 'dial' && failure.status === 407,
  ),
  goesAround(
    'goes-direct-when-name-does-not-resolve',
    'When the name of the proxy does not resolve, or the proxy cannot reach the origin by its name, the request is made without it.',
    isUnresolved,
  ),
  proxyFault('proxies-only-http', 'Requests to https URLs are made without the proxy.', () => ({
    serves: (_, url) => url.protocol === 'http:',
  })),
  proxyFault('proxies-only-job-requests', 'Only job requests use the proxy.', () => ({
    serves: (kind) => kind === 'job',
  })),
  proxyFault('never-uses-proxy', 'The proxy variables are ignored.', () => ({ variables: () => ({}) })),
  proxyFault(
    'finds-proxy-in-job-environment',
    'The proxy variables of config.toml, which are meant for jobs, are used for the requests of the runner.',
    () => ({ variables: (env, jobEnvironment) => ({ ...Object.fromEntries(configured(jobEnvironment)), ...env }) }),
  ),
  proxyFault('never-sends-credentials', 'The user and password of the proxy URL are never sent.', () => ({
    credentials: () => undefined,
  })),
  proxyFault(
    'sends-credentials-to-origin',
    'The user and password for the proxy are sent to the origin as well.',
    ({ credentials }) => ({
      originHeaders: (userinfo): Record<string, string> => {
        const value = credentials(userinfo);
        return value === undefined ? {} : { Authorization: value, 'Proxy-Authorization': value };
      },
    }),
  ),
  proxyFault('double-decodes-password', 'User and password of the proxy URL are percent-decoded twice.', () => ({
    credentials: (userinfo) => basic(userinfo, (text) => percentDecodeBytes(percentDecodeBytes(text).toString('utf8'))),
  })),
  proxyFault(
    'sends-credentials-encoded',
    'User and password of the proxy URL are sent percent-encoded, as they stand.',
    () => ({ credentials: (userinfo) => basic(userinfo, (text) => Buffer.from(text)) }),
  ),
  proxyFault('tunnels-to-default-port', 'CONNECT always names port 443, whatever the port of the URL.', () => ({
    tunnelTarget: (host) => `${host}:443`,
  })),
  proxyFault('ignores-no-proxy', 'NO_PROXY is ignored.', () => ({ bypasses: () => false })),
  proxyFault(
    'over-matches-no-proxy',
    'An entry of NO_PROXY matches every name that ends with it, even in the middle of a label.',
    () => ({ bypasses: greedyNoProxy }),
  ),
  proxyFault('matches-no-proxy-exactly-only', 'Only whole host names are understood in NO_PROXY.', () => ({
    bypasses: exactNoProxy,
  })),
];
