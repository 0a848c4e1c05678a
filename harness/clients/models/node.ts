import { isIPv4 } from 'node:net';
import { decodeUserinfo, hostOf, portOf } from '../../url/index.ts';
import { type Choice, direct, failure, through } from '../choice.ts';
import type { ClientModel, Env } from '../client.ts';
import type { Target } from '../target.ts';

/** Without NODE_USE_ENV_PROXY=1 (or --use-env-proxy) Node looks at none of the variables. */
const isOn = (env: Env): boolean => env['NODE_USE_ENV_PROXY'] === '1';

/** undici's proxies (`EnvHttpProxyAgent`): lower case first, even when empty; https falls back to http's. */
function undiciProxies(env: Env): { http: string | undefined; https: string | undefined } {
  const http = (env['http_proxy'] ?? env['HTTP_PROXY']) || undefined;
  return { http, https: (env['https_proxy'] ?? env['HTTPS_PROXY']) || http };
}

/** Why Node ends before it runs a line: undici's agent is made at its start, and throws. */
function startFailure(env: Env): Choice | undefined {
  const { http, https } = undiciProxies(env);
  for (const value of [http, https]) {
    const protocol = value === undefined ? 'http:' : URL.parse(value)?.protocol;
    if (protocol !== 'http:' && protocol !== 'https:') {
      return failure(`Node ends at its start: the value is no URL with http or https`);
    }
  }
  return undefined;
}

function proxy(value: string): Choice {
  const url = new URL(value);
  const { username, password } = url;
  const credentials = username || password ? decodeUserinfo(`${username}:${password}`) : undefined;
  return through({
    scheme: url.protocol === 'https:' ? 'https' : 'http',
    host: hostOf(url),
    port: portOf(url),
    ...(credentials ? { credentials } : {}),
  });
}

/** Host and port as the URL parser leaves them, in lower case; an IPv6 address with its brackets. */
function normal(target: Target): { host: string; port: number } {
  return { host: new URL(target.url).hostname.toLowerCase(), port: target.port };
}

function fetchChoose(env: Env, target: Target): Choice {
  if (!isOn(env)) return direct;
  const failed = startFailure(env);
  if (failed) return failed;
  const value = undiciProxies(env)[target.scheme];
  if (!value || undiciBypasses(env['no_proxy'] ?? env['NO_PROXY'] ?? '', target)) return direct;
  const choice = proxy(value);
  // To a proxy that speaks TLS, and for every https target, a tunnel is the only way.
  return choice.via === 'proxy' && choice.proxy.scheme === 'http' && target.scheme === 'http'
    ? { ...choice, tunnel: true }
    : choice;
}

/** `*` alone; names and all below them, `.` or `*.` before them left out; ports; no networks. */
function undiciBypasses(noProxy: string, target: Target): boolean {
  if (noProxy === '*') return true;
  const { host, port } = normal(target);
  return noProxy
    .split(/[,\s]/)
    .filter((each) => each !== '')
    .some((each) => {
      const [, before, only] = /^(.+):(\d+)$/.exec(each) ?? [];
      const name = (before ?? each).replace(/^\*?\./, '').toLowerCase();
      return (!Number(only) || Number(only) === port) && (host === name || host.endsWith(`.${name}`));
    });
}

function httpChoose(env: Env, target: Target): Choice {
  if (!isOn(env)) return direct;
  const failed = startFailure(env);
  if (failed) return failed;
  const upper = `${target.scheme.toUpperCase()}_PROXY`;
  const value = env[upper.toLowerCase()] || env[upper];
  // A scheme in capitals, or a space before it, is another program's business.
  if (!value || !/^https?:\/\//.test(value)) return direct;
  return httpBypasses(env['no_proxy'] || env['NO_PROXY'] || '', target) ? direct : proxy(value);
}

/** `ProxyConfig.shouldUseProxy` of node:http: names as they are, `.suffix`, `*.suffix`, ranges of IPv4 addresses. */
function httpBypasses(noProxy: string, target: Target): boolean {
  const { port } = target;
  const host = hostOf(new URL(target.url)).toLowerCase();
  return noProxy
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .some((each) => {
      if (each === '*' || each === host || each === `${host}:${port}`) return true;
      if (each.startsWith('.') && (host === each.slice(1) || host.endsWith(each))) return true;
      return (each.startsWith('*.') && host.endsWith(each.slice(1))) || inRange(each, host);
    });
}

function inRange(entry: string, host: string): boolean {
  const [first = '', last = ''] = entry.split('-').map((each) => each.trim());
  const all = [first, host, last];
  if (!all.every(isIPv4)) return false;
  const [from = 0, at = 0, to = 0] = all.map((each) => each.split('.').reduce((sum, byte) => sum * 256 + +byte, 0));
  return from <= at && at <= to;
}

const node: Pick<ClientModel, 'program' | 'asking' | 'goesAround' | 'onlyWith'> = {
  program: { name: 'node', version: ['{node}', '--version'] },
  asking: { how: 'settled', command: ['{node}', '{fetch}/fetch.mjs'] },
  onlyWith: 'NODE_USE_ENV_PROXY=1',
  goesAround: { because: 'Node reads the variables with NODE_USE_ENV_PROXY=1 alone' },
};

export const nodeFetch: ClientModel<'node-fetch'> = {
  ...node,
  id: 'node-fetch',
  title: "Node's fetch",
  choose: fetchChoose,
};
export const nodeHttp: ClientModel<'node-http'> = {
  ...node,
  id: 'node-http',
  title: "Node's http",
  choose: httpChoose,
};
