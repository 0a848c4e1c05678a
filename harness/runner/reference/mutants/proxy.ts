import { goProxyValue } from '../../../clients/go/index.ts';
import { percentDecodeBytes } from '../../../url/index.ts';
import { configured } from '../job/environment.ts';
import { exactNoProxy, greedyNoProxy } from '../policies/no-proxy.ts';
import { basic, type ProxyFailure, type ProxyPolicy } from '../policies/proxy-policy.ts';
import type { Mutant } from './mutant.ts';
import { proxyFault } from './proxy-fault.ts';
import { goesAround, outageMutants } from './proxy-outage.ts';
import { redirectMutants } from './redirect.ts';

const UNRESOLVED = /ENOTFOUND|EAI_AGAIN|resolv|dns|unknown host|not found/i;
const MADE_BY_PROXY_CHAIN = 590;

function isUnresolved(failure: ProxyFailure): boolean {
  if (failure.at === 'dial') return failure.code === 'ENOTFOUND' || failure.code === 'EAI_AGAIN';
  if (failure.at === 'round-trip') return false;
  if (failure.at === 'connect') return failure.status >= 500;
  return failure.status >= MADE_BY_PROXY_CHAIN || (failure.status >= 500 && UNRESOLVED.test(failure.body));
}

const LOWER = ['http_proxy', 'https_proxy', 'no_proxy'] as const;
const PROXY = /^https?_proxy$/i;

/** Takes variables out. */
const without =
  (which: (name: string, value: string) => boolean): ProxyPolicy['variables'] =>
  (env) =>
    Object.fromEntries(Object.entries(env).filter(([name, value]) => !which(name, value)));

/** Heeds some entries of NO_PROXY alone. */
const heeding =
  (which: (entry: string) => boolean) =>
  ({ bypasses }: ProxyPolicy): Pick<ProxyPolicy, 'bypasses'> => ({
    bypasses: (noProxy, ...target) => bypasses(noProxy.split(',').filter(which).join(','), ...target),
  });

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
    (failure) => 'status' in failure && failure.status === 407,
  ),
  goesAround(
    'goes-direct-when-name-does-not-resolve',
    'When the name of the proxy does not resolve, or the proxy cannot reach the origin by its name, the request is made without it.',
    isUnresolved,
  ),
  ...outageMutants,
  proxyFault('ignores-proxy-without-scheme', 'A variable whose value is host and port alone is not read.', () => ({
    variables: without((name, value) => PROXY.test(name) && !value.includes('://')),
  })),
  proxyFault('ignores-lower-case-variables', 'Lower-case proxy variables are not read.', () => ({
    variables: without((name) => name !== name.toUpperCase()),
  })),
  proxyFault(
    'prefers-lower-case-variables',
    'Where a variable is there in both cases, the lower-case one counts.',
    () => ({
      variables: (env) => ({
        ...env,
        ...Object.fromEntries(
          LOWER.flatMap((name) => (env[name] === undefined ? [] : [[name.toUpperCase(), env[name]]])),
        ),
      }),
    }),
  ),
  proxyFault(
    'splits-no-proxy-at-commas-only',
    'A space beside an entry of NO_PROXY belongs to it.',
    heeding((entry) => entry === entry.trim()),
  ),
  proxyFault(
    'matches-no-proxy-by-letter-case',
    'An entry of NO_PROXY in capital letters matches nothing.',
    heeding((entry) => entry === entry.toLowerCase()),
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
    'sends-credentials-once',
    'The user and password of the proxy URL are sent with the first request only, or with the first CONNECT.',
    ({ credentials }) => ({
      credentials: (userinfo, before) => (before === 0 ? credentials(userinfo, before) : undefined),
    }),
  ),
  proxyFault('needs-a-password', 'Of a proxy URL with a user and no password nothing is sent.', ({ credentials }) => ({
    credentials: (userinfo, before) => (/^[^:]*:?$/.test(userinfo) ? undefined : credentials(userinfo, before)),
  })),
  proxyFault('decodes-plus-as-space', 'A plus in the user or the password of the proxy URL becomes a space.', () => ({
    credentials: (userinfo) => basic(userinfo, (text) => percentDecodeBytes(text.replaceAll('+', ' '))),
  })),
  proxyFault(
    'sends-credentials-to-origin',
    'The user and password for the proxy are sent to the origin as well.',
    ({ credentials }) => ({
      originHeaders: (userinfo): Record<string, string> => {
        const value = credentials(userinfo, 0);
        return value === undefined ? {} : { Authorization: value, 'Proxy-Authorization': value };
      },
    }),
  ),
  proxyFault('double-decodes-password', 'User and password of the proxy URL are percent-decoded twice.', () => ({
    credentials: (userinfo) => basic(userinfo, (text) => percentDecodeBytes(percentDecodeBytes(text).toString('utf8'))),
  })),
  proxyFault(
    'decodes-upper-case-codes-only',
    'Of the percent codes in user and password of the proxy URL those with small letters stay as they are.',
    () => ({
      credentials: (userinfo) =>
        basic(userinfo, (text) => percentDecodeBytes(text.replace(/%(?=[0-9a-f]{2})(?=.?[a-f])/g, '%25'))),
    }),
  ),
  proxyFault('cuts-credentials', 'Of credentials in Base64 the first 76 characters are sent.', () => ({
    credentials: (userinfo) => basic(userinfo, percentDecodeBytes)?.slice(0, 'Basic '.length + 76),
  })),
  proxyFault('ignores-proxy-with-slash', 'A variable whose URL ends with a slash is not read.', () => ({
    variables: without((_, value) => /^http.*\/$/.test(value)),
  })),
  proxyFault(
    'sends-credentials-encoded',
    'User and password of the proxy URL are sent percent-encoded, as they stand.',
    () => ({ credentials: (userinfo) => basic(userinfo, (text) => Buffer.from(text)) }),
  ),
  proxyFault('tunnels-to-default-port', 'CONNECT always names port 443, whatever the port of the URL.', () => ({
    tunnelTarget: (host) => `${host}:443`,
  })),
  proxyFault('names-proxy-as-host-of-tunnel', 'CONNECT names the proxy in its Host, and not its target.', () => ({
    tunnelHost: (_, proxy) => proxy,
  })),
  proxyFault(
    'resolves-target-first',
    'The name in a URL is looked up before the proxy is asked, and must be known.',
    () => ({
      looksUp: 'known-only',
    }),
  ),
  proxyFault('looks-target-up', 'The name in a URL is looked up before the proxy is asked, for nothing.', () => ({
    looksUp: 'whatever',
  })),
  proxyFault('ignores-no-proxy', 'NO_PROXY is ignored.', () => ({ bypasses: () => false })),
  proxyFault('knows-no-default-ports', 'An entry of NO_PROXY with port 80 or 443 matches nothing.', ({ bypasses }) => ({
    bypasses: (noProxy, host, port, scheme) =>
      bypasses(noProxy.replaceAll(/:(80|443)(?=,|$)/g, ':0'), host, port, scheme),
  })),
  proxyFault('ignores-no-proxy-for-https', 'NO_PROXY is ignored where the URL is an https one.', ({ bypasses }) => ({
    bypasses: (noProxy, host, port, scheme) => scheme === 'http' && bypasses(noProxy, host, port, scheme),
  })),
  proxyFault(
    'sends-credentials-to-hosts-of-no-proxy',
    'A host that NO_PROXY names, which is asked directly, gets the user and password for the proxy all the same.',
    ({ credentials }) => ({
      directHeaders: (env, url): Record<string, string> => {
        const read = goProxyValue(env[url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'] ?? '');
        const value = read && 'proxy' in read ? credentials(read.proxy.userinfo ?? '', 0) : undefined;
        return value === undefined ? {} : { 'Proxy-Authorization': value };
      },
    }),
  ),
  proxyFault(
    'keeps-credentials-of-first-proxy',
    'Every proxy is offered the user and password of the one that was asked first.',
    () => ({ userinfoFor: (_, first) => first }),
  ),
  proxyFault(
    'uses-http-proxy-for-https',
    'The proxy of HTTP_PROXY is used for https URLs, whatever HTTPS_PROXY names.',
    () => ({
      variables: (env) => ({ ...env, ...(env['HTTP_PROXY'] ? { HTTPS_PROXY: env['HTTP_PROXY'] } : {}) }),
    }),
  ),
  proxyFault(
    'uses-https-proxy-for-http',
    'The proxy of HTTPS_PROXY is used for http URLs, whatever HTTP_PROXY names.',
    () => ({
      variables: (env) => ({ ...env, ...(env['HTTPS_PROXY'] ? { HTTP_PROXY: env['HTTPS_PROXY'] } : {}) }),
    }),
  ),
  ...redirectMutants,
  proxyFault(
    'over-matches-no-proxy',
    'An entry of NO_PROXY matches every name that ends with it, even in the middle of a label.',
    () => ({ bypasses: greedyNoProxy }),
  ),
  proxyFault('matches-no-proxy-exactly-only', 'Only whole host names are understood in NO_PROXY.', () => ({
    bypasses: exactNoProxy,
  })),
];
