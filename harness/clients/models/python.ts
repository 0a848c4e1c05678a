import { isIPv4 } from 'node:net';
import { decodeUserinfo, joinHostPort, splitUrl } from '../../url/index.ts';
import { inNetwork } from '../address.ts';
import { type Choice, direct, failure, type ProxyAddress, through } from '../choice.ts';
import type { ClientModel, ClientProgram, Env } from '../client.ts';
import type { Asking } from '../probe/asking.ts';
import { isHost, isPort } from '../proxy-value.ts';
import type { Target } from '../target.ts';

/**
 * `getproxies_environment` of urllib.request: lower case first, an empty lower-case variable takes the upper-case one
 * away, and HTTP_PROXY does not count in a CGI environment.
 */
function variable(env: Env, scheme: 'http' | 'https' | 'all' | 'no'): string | undefined {
  const lower = env[`${scheme}_proxy`];
  if (lower !== undefined) return lower || undefined;
  if (scheme === 'http' && env['REQUEST_METHOD'] !== undefined) return undefined;
  return env[`${scheme.toUpperCase()}_PROXY`] || undefined;
}

/** A host as a URL has it, in lower case: with brackets, and with a port where one is written. */
const authority = ({ host, port, portIsWritten }: Target): string =>
  joinHostPort(host, portIsWritten ? port : undefined).toLowerCase();

/** `proxy_bypass_environment`: names and all below them, with the port where the URL has one; `*` alone for all. */
function bypassed(env: Env, host: string): boolean {
  const noProxy = variable(env, 'no');
  if (noProxy === undefined) return false;
  if (noProxy === '*') return true;
  const hostOnly = host.replace(/:\d*$/, '');
  return noProxy
    .split(',')
    .map((each) => each.trim().replace(/^\.+/, '').toLowerCase())
    .filter((each) => each !== '')
    .some((each) => [hostOnly, host].some((of) => of === each || of.endsWith(`.${each}`)));
}

function urllibChoose(env: Env, target: Target): Choice {
  const value = variable(env, target.scheme);
  if (!value || bypassed(env, authority(target))) return direct;
  const { scheme, userinfo, host, port = '', rest } = splitUrl(value);
  if (target.scheme === 'http' && scheme !== undefined && scheme !== 'http') return startsOver(env, scheme, value);
  // Without a scheme all of the value is host and port, a trailing slash included.
  if (!isHost(host) || !/^\d*\s*$/.test(port) || (scheme === undefined && rest !== '')) {
    return failure(`urllib finds no host and port in the proxy's URL`);
  }
  // To an https target it speaks plain http, whatever the proxy's scheme, on the target's own port if none is written.
  return through(address(host, Number(port) || (target.scheme === 'https' ? 443 : 80), userinfo));
}

/** A proxy of another scheme than the target's: it asks the proxy as if it were the target, by the other one's proxy. */
function startsOver(env: Env, scheme: string, value: string): Choice {
  if (scheme !== 'https') return failure(`urllib knows no URL of type ${JSON.stringify(scheme)}`);
  const { host, port, userinfo } = splitUrl(value);
  const number = Number(port) || 443;
  const other = variable(env, 'https');
  if (!other) return through({ ...address(host, number, userinfo), scheme: 'https' });
  const next = splitUrl(other);
  return { via: 'proxy', proxy: address(next.host, Number(next.port) || 443, next.userinfo), tunnel: true };
}

function address(host: string, port: number, userinfo: string | undefined): ProxyAddress {
  const credentials = userinfo === undefined ? undefined : decodeUserinfo(userinfo);
  return { scheme: 'http', host, port, ...(credentials?.user && credentials.password ? { credentials } : {}) };
}

function requestsChoose(env: Env, target: Target): Choice {
  const value = variable(env, target.scheme) ?? variable(env, 'all');
  if (!value || requestsBypasses(env, target)) return direct;
  const { scheme = 'http', userinfo, host, port } = splitUrl(value);
  if ((scheme !== 'http' && scheme !== 'https') || !isHost(host) || !isPort(port)) {
    return failure(`requests finds no proxy in the value`);
  }
  return through({
    ...address(host, port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port), userinfo),
    scheme,
  });
}

/**
 * `should_bypass_proxies` of requests.utils, and urllib's after it: networks for IPv4 addresses, and for names any end,
 * in the middle of a label, too.
 */
function requestsBypasses(env: Env, target: Target): boolean {
  const host = target.host.toLowerCase();
  const entries = (env['no_proxy'] || env['NO_PROXY'] || '').replaceAll(' ', '').split(',');
  const named = entries
    .filter((each) => each !== '')
    .some((each) => (isIPv4(host) ? namesAddress(each, host) : endsIn(each, host, target)));
  return named || bypassed(env, host);
}

function namesAddress(entry: string, address: string): boolean {
  const [, base, bits] = /^([^/]*)\/(\d+)$/.exec(entry) ?? [];
  return base === undefined ? entry === address : Number(bits) >= 1 && inNetwork(address, base, Number(bits));
}

const endsIn = (entry: string, host: string, { port, portIsWritten }: Target): boolean =>
  host.endsWith(entry) || (portIsWritten && `${host}:${port}`.endsWith(entry));

const python: ClientProgram = { name: 'python', version: ['/usr/bin/python3', '{fetch}/fetch.py', '--version'] };
const asking: Asking = { how: 'fresh', command: ['/usr/bin/python3', '{fetch}/fetch.py'] };

export const pythonUrllib: ClientModel<'python-urllib'> = {
  id: 'python-urllib',
  title: "Python's urllib",
  program: python,
  choose: urllibChoose,
  asking,
};
export const pythonRequests: ClientModel<'python-requests'> = {
  id: 'python-requests',
  title: "Python's requests",
  program: python,
  choose: requestsChoose,
  asking,
};
