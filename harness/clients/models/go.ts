import { isIP } from 'node:net';
import { inNetwork, isLoopback, sameAddress } from '../address.ts';
import { type Choice, direct, failure, through } from '../choice.ts';
import type { Client, Env } from '../client.ts';
import { decoded, isHost, isPort, splitProxyValue } from '../proxy-value.ts';
import type { Target } from '../target.ts';

/**
 * `http.ProxyFromEnvironment` (golang.org/x/net/http/httpproxy): upper case first, an empty variable counts for none,
 * this machine's own names never, and no proxy for http where REQUEST_METHOD says that the program is a CGI one.
 */
export function chooseAsGo(env: Env, target: Target): Choice {
  const upper = `${target.scheme.toUpperCase()}_PROXY`;
  const value = env[upper] || env[upper.toLowerCase()];
  if (!value) return direct;
  const proxy = goProxy(value);
  // What it cannot parse it leaves out, without a word.
  if (!proxy) return direct;
  if (target.scheme === 'http' && env['REQUEST_METHOD']) {
    return failure('Go refuses to use HTTP_PROXY in a CGI environment, which REQUEST_METHOD makes of it');
  }
  if (target.host === 'localhost' || isLoopback(target.host)) return direct;
  return goBypasses(env['NO_PROXY'] || env['no_proxy'] || '', target) ? direct : proxy;
}

/** A URL, or `host:port` for http; undefined when it is neither. */
function goProxy(value: string): Choice | undefined {
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\/./i.test(value);
  const { scheme, userinfo, host, port } = splitProxyValue(isUrl ? value : `http://${value}`);
  if (/\s/.test(host) || /\s/.test(port ?? '')) return undefined;
  if (!isHost(host) || !isPort(port)) return failure(`Go finds no host ${host}`);
  if (scheme !== 'http' && scheme !== 'https') return failure(`Go knows no proxy of scheme ${scheme}`);
  const credentials = decoded(userinfo);
  return through({
    scheme,
    host,
    port: port ? Number(port) : scheme === 'https' ? 443 : 80,
    ...(credentials ? { credentials } : {}),
  });
}

/**
 * NO_PROXY as Go reads it: `*`, a name and all below it, `.name` and `*.name` for all below it alone, an address, a
 * network, each name and address with a port if need be.
 */
function goBypasses(noProxy: string, target: Target): boolean {
  const host = target.host.toLowerCase();
  return noProxy
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .some((each) => each === '*' || (each !== '' && matches(each, host, target.port)));
}

function matches(entry: string, host: string, port: number): boolean {
  const [, base = '', bits = ''] = /^([0-9a-f.:]+)\/(\d+)$/.exec(entry) ?? [];
  if (inNetwork(host, base, bits === '' ? -1 : Number(bits))) return true;
  const [, bracketed, plain, only] = /^(?:\[([^\]]*)\]|([^:]*)):(\d*)$/.exec(entry) ?? [];
  const name = bracketed ?? plain ?? entry;
  if (name === '' || (only && Number(only) !== port)) return false;
  if (isIP(name) !== 0) return sameAddress(name, host);
  const below = name.startsWith('*.') ? name.slice(1) : name;
  // Until Go 1.25 an address, too, ends in a suffix: `.2.3` is the end of 10.1.2.3.
  return below.startsWith('.') ? host.endsWith(below) : host === below || host.endsWith(`.${below}`);
}

export const go: Client = { id: 'go', title: "Go's net/http", program: 'go', choose: chooseAsGo };
