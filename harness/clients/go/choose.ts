import { isLoopback, unmapped } from '../address.ts';
import type { Env } from '../client.ts';
import { goNoProxy } from './no-proxy.ts';
import { type GoProxy, goProxyValue } from './proxy-url.ts';

/** What a request is for. */
export interface GoTarget {
  readonly scheme: 'http' | 'https';
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
}

/** What Go's client does: asks the target itself, or a proxy, or nobody, for a reason in Go's words. */
export type GoChoice =
  | { readonly via: 'direct' }
  | { readonly via: 'proxy'; readonly proxy: GoProxy }
  | { readonly via: 'error'; readonly why: string; readonly socks5?: Omit<GoProxy, 'scheme'> };

const direct: GoChoice = { via: 'direct' };

/**
 * The choice of Go's `http.ProxyFromEnvironment`: the variable of the target's scheme, in upper case first, where an empty
 * one counts for none; never for this machine's own names; and not for http in the environment of a CGI program, where
 * HTTP_PROXY may be a header of a request.
 * Source: `FromEnvironment` and `proxyForURL` of golang.org/x/net/http/httpproxy.
 * @param bypasses whether NO_PROXY names a target, by Go's rules where nothing else is given
 */
export function chooseGoProxy(env: Env, { scheme, host, port }: GoTarget, bypasses = goNoProxy): GoChoice {
  const either = (upper: string): string => env[upper] || env[upper.toLowerCase()] || '';
  const read = goProxyValue(either(`${scheme.toUpperCase()}_PROXY`));
  if (!read) return direct;
  if (scheme === 'http' && env['REQUEST_METHOD']) {
    return {
      via: 'error',
      why: 'refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy',
    };
  }
  if (host === 'localhost' || isLoopback(unmapped(host)) || bypasses(either('NO_PROXY'), host, port)) return direct;
  return 'proxy' in read ? { via: 'proxy', proxy: read.proxy } : { via: 'error', ...read };
}
