import { BlockList, isIP } from 'node:net';

/** Decides whether an entry of NO_PROXY names a target. */
export type NoProxyMatcher = (noProxy: string, host: string, port: number) => boolean;

/** One entry of NO_PROXY, taken apart. */
interface Entry {
  readonly host: string;
  readonly port: number | undefined;
}

const entries = (noProxy: string): string[] =>
  noProxy
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '');

function hostAndPort(entry: string): Entry {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  const host = bracketed ?? plain;
  return host === undefined ? { host: entry, port: undefined } : { host, port: port ? Number(port) : undefined };
}

const family = (ip: string): 'ipv4' | 'ipv6' => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');

function inNetwork(network: string, ip: string): boolean {
  const [, base, bits] = /^([0-9a-f.:]+)\/(\d+)$/.exec(network) ?? [];
  if (!base || !bits || isIP(base) === 0 || isIP(ip) === 0) return false;
  const list = new BlockList();
  try {
    list.addSubnet(base, Number(bits), family(base));
  } catch {
    return false;
  }
  return list.check(ip, family(ip));
}

/**
 * NO_PROXY as Go's httpproxy reads it: `*`, a name and all below it, `.name` and `*.name` for all below it alone, an
 * address, a network, each name and address with a port if need be.
 */
export const goNoProxy: NoProxyMatcher = (noProxy, host, port) => {
  for (const entry of entries(noProxy)) {
    if (entry === '*' || inNetwork(entry, host)) return true;
    const { host: name, port: only } = hostAndPort(entry);
    if (name === '' || (only !== undefined && only !== port)) continue;
    if (isIP(name) !== 0) {
      if (name === host) return true;
      continue;
    }
    const suffix = name.startsWith('*.') ? name.slice(1) : name;
    if (suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`)) return true;
  }
  return false;
};

/** The mistake of many clients: a suffix matches anywhere, not only after a dot. */
export const greedyNoProxy: NoProxyMatcher = (noProxy, host, port) =>
  goNoProxy(noProxy, host, port) ||
  entries(noProxy).some((entry) => host.endsWith(hostAndPort(entry).host.replace(/^\*?\.?/, '')));

/** Knows nothing but whole host names. */
export const exactNoProxy: NoProxyMatcher = (noProxy, host) => entries(noProxy).includes(host);
