import { isIP } from 'node:net';
import type { ProxyPolicy } from '../policies/proxy-policy.ts';
import type { CallKind } from './message.ts';

type Env = Readonly<Record<string, string>>;

/** A proxy, as a variable names it. */
export interface ProxyUrl {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  /** As it stands in the URL, percent-encoded; empty without one. */
  readonly userinfo: string;
}

/** The port of a URL, the scheme's own by default. */
export const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

/** The host of a URL, without the brackets of an IPv6 address. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Reads a proxy's URL. Without a scheme it is http, as Go has it; userinfo ends at the last `@` of the authority.
 * @throws Error when there is no host in it, or the scheme is neither http nor https
 */
export function parseProxyUrl(value: string): ProxyUrl {
  const [, scheme = 'http', authority = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)/i.exec(value.trim()) ?? [];
  const at = authority.lastIndexOf('@');
  const userinfo = at < 0 ? '' : authority.slice(0, at);
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(authority.slice(at + 1)) ?? [];
  const host = bracketed ?? plain;
  const tls = scheme.toLowerCase() === 'https';
  if (!host || (!tls && scheme.toLowerCase() !== 'http')) {
    throw new Error(`invalid proxy address of scheme ${scheme}: it must be http://host:port or https://host:port`);
  }
  return { tls, host, port: port ? Number(port) : tls ? 443 : 80, userinfo };
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const first = (env: Env, ...names: string[]): string => names.map((name) => env[name]).find((value) => value) ?? '';

/**
 * The proxy of a request, as Go's `ProxyFromEnvironment` chooses it: by scheme, upper case first, never for loopback.
 * @throws Error when the variable names no proxy, or the environment is that of a CGI program
 */
export function chooseProxy(policy: ProxyPolicy, env: Env, kind: CallKind, url: URL): ProxyUrl | undefined {
  const host = hostOf(url).toLowerCase();
  const value =
    url.protocol === 'https:' ? first(env, 'HTTPS_PROXY', 'https_proxy') : first(env, 'HTTP_PROXY', 'http_proxy');
  if (value === '' || isLoopback(host) || !policy.serves(kind, url)) return undefined;
  if (url.protocol === 'http:' && env['REQUEST_METHOD'] && env['HTTP_PROXY']) {
    throw new Error('refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy');
  }
  if (policy.bypasses(first(env, 'NO_PROXY', 'no_proxy'), host, portOf(url))) return undefined;
  return parseProxyUrl(value);
}
