import { isIP } from 'node:net';
import { decodeUserinfo, splitUrl } from '../../url/index.ts';
import { inNetwork, isLoopback, netmaskBits, sameAddress } from '../address.ts';
import { type Choice, direct, failure, through } from '../choice.ts';
import type { ClientModel, Env, ResolveAddress } from '../client.ts';
import { isHost, isPort } from '../proxy-value.ts';
import type { Target } from '../target.ts';

/**
 * net/http asks `URI::HTTP#find_proxy`, for https targets, too: https_proxy is never read. A name is looked up first; one
 * that leads to this machine is asked directly.
 */
function choose(env: Env, target: Target, resolve: ResolveAddress = () => undefined): Choice {
  const value = variable(env);
  if (!value) return direct;
  const host = target.host.toLowerCase();
  const address = isIP(host) === 0 ? resolve(host) : host;
  if (host === 'localhost' || (address !== undefined && isLoopback(address))) return direct;
  const noProxy = env['no_proxy'] ?? env['NO_PROXY'];
  if (noProxy !== undefined && bypasses(noProxy, host, target.port, address)) return direct;
  return proxy(value);
}

/** In a CGI environment HTTP_PROXY counts only beside http_proxy, and then http_proxy is taken. */
function variable(env: Env): string | undefined {
  if (env['REQUEST_METHOD'] === undefined) return env['http_proxy'] ?? env['HTTP_PROXY'];
  return env['http_proxy'] ?? env['CGI_HTTP_PROXY'];
}

/** A URL by RFC 3986: `address:port` is none, and of `name:port` the name is taken for a scheme. */
function proxy(value: string): Choice {
  const { scheme, userinfo, host, port } = splitUrl(value);
  const isUrl = scheme !== undefined && /^[a-z][a-z0-9+.-]*$/.test(scheme) && isHost(host) && isPort(port);
  if (!isUrl || userinfo?.includes('@')) {
    return failure(`Ruby finds no URL with a host in the value`);
  }
  const credentials = userinfo === undefined ? undefined : decodeUserinfo(userinfo);
  return through({
    // It speaks plain http to the proxy, whatever the scheme.
    scheme: 'http',
    host,
    port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port),
    ...(credentials ? { credentials } : {}),
  });
}

/** `URI::Generic.use_proxy?`: ends of names at a dot, ports, and networks, for which a name's address counts. */
function bypasses(noProxy: string, host: string, port: number, address: string | undefined): boolean {
  for (const [, entry = '', only] of noProxy.matchAll(/([^:,\s]+)(?::(\d+))?/g)) {
    if (only !== undefined && Number(only) !== port) continue;
    const name = entry.toLowerCase();
    if (name.startsWith('.') ? host.endsWith(name) : `.${host}`.endsWith(`.${name}`)) return true;
    if (address !== undefined && contains(entry, address)) return true;
  }
  return false;
}

function contains(entry: string, address: string): boolean {
  const [base = '', mask] = entry.split('/', 2);
  if (mask === undefined) return sameAddress(base, address);
  return inNetwork(address, base, /^\d+$/.test(mask) ? Number(mask) : (netmaskBits(mask) ?? -1));
}

export const ruby: ClientModel<'ruby'> = {
  id: 'ruby',
  title: "Ruby's net/http",
  program: { name: 'ruby', version: ['ruby', '--version'] },
  choose,
  asking: { how: 'fresh', command: ['ruby', '{fetch}/fetch.rb'] },
};
