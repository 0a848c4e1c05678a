import { joinHostPort, splitUrl } from '../../url/index.ts';

/** A proxy as Go's programs understand a variable's value. */
export interface GoProxy {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** As it stands in the value, percent-encoded; undefined without one. */
  readonly userinfo: string | undefined;
}

/** What Go makes of a value: a proxy, none without a word, or one that cannot be asked. */
export type GoProxyValue =
  | { readonly proxy: GoProxy }
  /** `socks5`: Go would ask it, and what speaks here cannot. */
  | { readonly why: string; readonly socks5?: Omit<GoProxy, 'scheme'> }
  | undefined;

const PROXY_SCHEMES = new Set(['http', 'https', 'socks5']);
const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Without a host it asks this machine, where no proxy listens on port 80. */
const NO_HOST = 'proxyconnect tcp: dial tcp :80: connect: connection refused';

/**
 * Reads a proxy variable's value as Go does: as a URL; where that is none with http, https or socks5, with `http://` before
 * it; and where that is none either, as no proxy at all, without a word.
 * Source: `parseProxy` and `init` of golang.org/x/net/http/httpproxy.
 */
export function goProxyValue(value: string): GoProxyValue {
  if (value === '') return undefined;
  // A URL as well, but all of it is a path.
  if (/^(?:https?|socks5):(?!\/\/)/i.test(value)) return { why: NO_HOST };
  const { scheme } = splitUrl(value);
  const isProxyUrl = scheme !== undefined && PROXY_SCHEMES.has(scheme) && isGoUrl(value);
  const text = isProxyUrl ? value : `http://${value}`;
  if (!isGoUrl(text)) return undefined;
  const { scheme: read = 'http', userinfo, host, port } = splitUrl(text);
  if (read === 'socks5')
    return {
      why: 'socks5 proxies are known to Go, but not to Proxyproof: use http:// or https://',
      ...(host === '' ? {} : { socks5: { host, port: port ? Number(port) : 1080, userinfo } }),
    };
  if (host === '') return { why: NO_HOST };
  // What should have been the scheme has become the host.
  const isName = /^(?:[\w.:-]|[^\0-\x7f])+$/.test(host) && (isProxyUrl || scheme === undefined);
  if (!isName) return { why: `proxyconnect tcp: dial tcp: lookup ${host}: no such host` };
  const number = port ? Number(port) : (PORTS[read] ?? 80);
  if (number > 65_535) {
    return { why: `proxyconnect tcp: dial tcp: address ${joinHostPort(host, number)}: invalid port` };
  }
  return { proxy: { scheme: read === 'https' ? 'https' : 'http', host, port: number, userinfo } };
}

const SUB_DELIMITERS = "!$&'()*+,;=";
const USERINFO = new RegExp(`^(?:[\\w.~:@${SUB_DELIMITERS}-]|%[0-9a-f]{2})*$`, 'i');
// Quotes and angle brackets pass, and so does all that is no ASCII.
const HOST = new RegExp(`^(?:[\\w.~:"<>\\[\\]${SUB_DELIMITERS}-]|[^\\0-\\x7f]|%[89a-f][0-9a-f]|%25)*$`, 'i');
const LONE_PERCENT = /%(?![0-9a-f]{2})/i;

const isControl = (char: string): boolean => char < ' ' || char === '\x7f';

/**
 * Whether Go's `url.Parse` takes a text with a scheme: no control characters, userinfo of RFC 3986's characters (an `@` is
 * let through), a host without spaces, a port of digits, and no `%` that begins no code, but in the query.
 */
function isGoUrl(text: string): boolean {
  const { userinfo = '', host, port = '', rest } = splitUrl(text);
  if ([...text].some(isControl) || !USERINFO.test(userinfo) || !HOST.test(host) || !/^\d*$/.test(port)) return false;
  return !LONE_PERCENT.test(rest.replace(/\?[^#]*/, ''));
}
