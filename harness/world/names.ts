/**
 * Addresses of a world, from the block that is reserved for documentation (RFC 5737), so that none of them can be a
 * real machine's.
 */
export const PROXY_ADDRESS = '192.0.2.1';
export const STANDBY_ADDRESS = '192.0.2.2';
export const GITLAB_ADDRESS = '192.0.2.10';
export const STORAGE_ADDRESS = '192.0.2.11';
export const REGISTRY_ADDRESS = '192.0.2.12';
export const KDC_ADDRESS = '192.0.2.20';
export const LOOPBACK = '127.0.0.1';

export const PROXY_NAME = 'proxy.test';
export const STANDBY_NAME = 'proxy2.test';
export const GITLAB_NAME = 'gitlab.test';
/** Where GitLab keeps artifacts and caches: another host to its clients, though the same server. */
export const STORAGE_NAME = 'storage.test';
export const REGISTRY_NAME = 'registry.test';
export const KDC_NAME = 'kdc.test';

/** Every name that means something in a world, and where it leads for the subject. */
export const HOSTS: ReadonlyMap<string, string> = new Map([
  [PROXY_NAME, PROXY_ADDRESS],
  [STANDBY_NAME, STANDBY_ADDRESS],
  [GITLAB_NAME, GITLAB_ADDRESS],
  [STORAGE_NAME, STORAGE_ADDRESS],
  [REGISTRY_NAME, REGISTRY_ADDRESS],
  [KDC_NAME, KDC_ADDRESS],
  ['localhost', LOOPBACK],
]);

const NAMES = new Map([...HOSTS].map(([name, address]) => [address, name]));
const IPV4 = /^(\d{1,3}\.){3}\d{1,3}$/;

/** What the subject's name lookup gives: an address, or undefined for a name that nobody knows. */
export const lookup = (host: string): string | undefined => lookupIn(HOSTS, host);

/** The same where other names mean something. */
export const lookupIn = (hosts: ReadonlyMap<string, string>, host: string): string | undefined =>
  IPV4.test(host) ? host : hosts.get(host.toLowerCase().replace(/\.$/, ''));

/** The same where the names of the proxies are all that a subject can look up. */
export function lookupOfProxies(host: string): string | undefined {
  if (IPV4.test(host)) return host;
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === PROXY_NAME || name === STANDBY_NAME || name === 'localhost' ? HOSTS.get(name) : undefined;
}

/** The name that an address goes by in this world, or the address. */
export function nameOf(address: string): string {
  return address === LOOPBACK ? LOOPBACK : (NAMES.get(address) ?? address);
}
