import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { inNetwork, sameAddress, unmapped } from '../address.ts';

/**
 * Whether NO_PROXY names a target, as Go reads it: `*`, a name and all below it, `.name` and `*.name` for all below it
 * alone, an address, a network; each name and address with a port if need be.
 * Source: `init` and `useProxy` of golang.org/x/net/http/httpproxy.
 * @param host a name or an address, without brackets
 */
export const goNoProxy = (noProxy: string, host: string, port: number): boolean => isNamed(noProxy, host, port, names);

/**
 * The same in a newer Go: of an address `.2.3` is no end. Measured: Go 1.19.8 takes it for one, 1.24.4 and 1.27.1 do not.
 */
export const newerGoNoProxy: typeof goNoProxy = (noProxy, host, port) =>
  isNamed(
    noProxy,
    host,
    port,
    (entry, target) => isOfAddresses(entry) === (isIP(target.host) !== 0) && names(entry, target),
  );

function isNamed(noProxy: string, host: string, port: number, by: typeof names): boolean {
  const target = { host: unmapped(ascii(host).trim().toLowerCase()), port: String(port) };
  return noProxyEntries(noProxy).some((entry) => entry === '*' || by(entry, target));
}

const isOfAddresses = (entry: string): boolean => /\/\d+$/.test(entry) || isIP(splitEntry(entry).host) !== 0;

/** The entries of NO_PROXY, in lower case: separated by commas, without spaces around them, and none that is empty. */
export const noProxyEntries = (noProxy: string): readonly string[] =>
  noProxy
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '');

interface HostAndPort {
  readonly host: string;
  /** Undefined for every port. */
  readonly port: string | undefined;
}

function names(entry: string, target: HostAndPort): boolean {
  const [, base = '', bits] = /^([0-9a-f.:]+)\/(\d+)$/.exec(entry) ?? [];
  if (bits !== undefined && inNetwork(target.host, base, Number(bits))) return true;
  const { host, port } = splitEntry(entry);
  if (host === '' || (port !== undefined && port !== target.port)) return false;
  if (isIP(host) !== 0) return sameAddress(unmapped(host), target.host);
  const name = host.startsWith('*.') ? host.slice(1) : host;
  // An older Go takes `.2.3` for the end of 10.1.2.3.
  if (name.startsWith('.')) return target.host.endsWith(`.${ascii(name.slice(1))}`);
  return target.host === ascii(name) || target.host.endsWith(`.${ascii(name)}`);
}

/** `name:port` and `[address]:port`; with another number of colons, or brackets alone, all of it is the host. */
export function splitEntry(entry: string): HostAndPort {
  const [, bracketed, plain, port] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:]*)$/.exec(entry) ?? [];
  const host = bracketed ?? plain;
  return host === undefined ? { host: entry, port: undefined } : { host, port: port || undefined };
}

/** A name beyond ASCII as DNS has it; one that cannot be a name stays as it is. */
const ascii = (name: string): string => (/^[\0-\x7f]*$/.test(name) ? name : domainToASCII(name) || name);
