import { isIPv4 } from 'node:net';
import { decodeUserinfo, splitUrl } from '../../url/index.ts';
import { inNetwork } from '../address.ts';
import { type Choice, failure, through } from '../choice.ts';
import { isHost, isPort } from '../proxy-value.ts';
import type { Target } from '../target.ts';

/** A proxy without a port is asked on SOCKS's, with http, too. */
const DEFAULT_PORT = 1080;

/** `socks` is SOCKS 4 to it. */
const SCHEMES = ['http', 'https', 'socks4', 'socks4a', 'socks5', 'socks5h'] as const;

/** Why programs with libcurl go around a proxy in HTTP_PROXY. */
export const CGI = { because: 'libcurl leaves HTTP_PROXY in upper case to CGI programs', of: 'http' } as const;

/** How libcurl understands a proxy (7.88: `parse_proxy` in lib/url.c). */
export function libcurlProxy(value: string): Choice {
  const { scheme: written = 'http', userinfo, host, port } = splitUrl(value);
  const scheme = SCHEMES.find((each) => each === (written === 'socks' ? 'socks4' : written));
  if (!scheme || !isHost(host) || !isPort(port) || userinfo?.includes('@')) {
    return failure(`libcurl does not support the syntax of the proxy's URL`);
  }
  const credentials = userinfo === undefined ? undefined : decodeUserinfo(userinfo);
  return through({
    scheme,
    host,
    port: port === undefined ? (scheme === 'https' ? 443 : DEFAULT_PORT) : Number(port),
    ...(credentials ? { credentials } : {}),
  });
}

/**
 * Whether libcurl goes direct (7.88: `Curl_check_noproxy` in lib/noproxy.c): names and all below them, with or without a
 * leading dot; IPv4 addresses and networks; no ports. An IPv6 address is compared as a name, letter by letter.
 */
export function libcurlBypasses(noProxy: string, { host }: Target): boolean {
  if (noProxy === '*') return true;
  const entries = noProxy.split(/[,\t ]+/).filter((each) => each !== '');
  return isIPv4(host) ? entries.some((each) => namesAddress(each, host)) : entries.some((each) => isAbove(each, host));
}

function namesAddress(entry: string, address: string): boolean {
  const [base = '', bits] = entry.split('/', 2);
  // What follows the number is not looked at; zero bits, or none, are the address itself.
  const number = bits === undefined ? 0 : Number.parseInt(bits, 10) || 0;
  return number === 0 ? base === address : inNetwork(address, base, number);
}

function isAbove(entry: string, host: string): boolean {
  const name = host.replace(/\.$/, '').toLowerCase();
  const above = entry.replace(/\.$/, '').replace(/^\./, '').toLowerCase();
  return above !== '' && (name === above || name.endsWith(`.${above}`));
}
