import { isIPv4 } from 'node:net';
import { inNetwork } from '../clients/address.ts';
import { MACHINE_NETWORK } from '../containers/host/index.ts';
import { HOSTS, LOOPBACK, lookupIn, nameOf as ownName } from './names.ts';
import type { KnownPeer, WorldSpec } from './spec.ts';

/** The addresses that names of a declaration get, one each: of the block for documentation (RFC 5737), behind the world's own. */
const FIRST = 64;
const MOST = 128;
const addressAt = (index: number): string => `192.0.2.${FIRST + index}`;

/** A network as address and length of its prefix. */
function networkOf(cidr: string): readonly [base: string, bits: number] {
  const [base = '', bits] = cidr.split('/');
  return [base, Number(bits)];
}

/** Networks that a world has for itself: its own addresses, loopback, that of machines in containers, and docker0's. */
const TAKEN = [['192.0.2.0', 24], ['127.0.0.0', 8], networkOf(MACHINE_NETWORK), ['172.17.0.0', 16]] as const;

/** A name or address of a peer. */
export interface KnownAs {
  readonly host: string;
  readonly port: number;
  readonly peer: KnownPeer;
  /** Where the name leads. */
  readonly address: string;
  /** Whether it leads to its peer without the proxy; undefined where the declaration leaves that to `direct`. */
  readonly open: boolean | undefined;
}

/** The names of a world: its own, and those of its declaration. */
export interface WorldNames {
  /** Names and where they lead, for hosts files. */
  readonly hosts: ReadonlyMap<string, string>;
  /** An address as it is, that of a name, or undefined for a name that nobody knows. */
  lookup(host: string): string | undefined;
  /** The name that an address goes by, or the address. */
  nameOf(address: string): string;
  /** Who is known by a name or an address, and a port. */
  knownAt(host: string, port: number): KnownAs | undefined;
  /** How a peer is known, in the declaration's order. */
  of(peer: KnownPeer): readonly KnownAs[];
  readonly all: readonly KnownAs[];
}

/** The names of a world, by its declaration. */
export function worldNames({ knownAs = {}, open }: Pick<WorldSpec, 'knownAs' | 'open'>): WorldNames {
  const addresses = new Map<string, string>();
  const all = Object.entries(knownAs).map(([key, peer]): KnownAs => {
    const { host, port } = splitKey(key);
    const own = isIPv4(host) ? host : HOSTS.get(host);
    const address = own ?? addresses.get(host) ?? addressAt(addresses.size);
    if (own === undefined) addresses.set(host, address);
    return { host, port, peer, address, open: open?.includes(key) };
  });
  const hosts = new Map([...HOSTS, ...addresses]);
  const names = new Map([...addresses].map(([name, address]) => [address, name]));
  const lookup = (host: string): string | undefined => lookupIn(hosts, host);
  return {
    hosts,
    lookup,
    nameOf: (address) => names.get(address) ?? ownName(address),
    knownAt: (host, port) => {
      const address = lookup(host);
      return all.find((each) => each.address === address && each.port === port);
    },
    of: (peer) => all.filter((each) => each.peer === peer),
    all,
  };
}

/** Host and port of a key; a port of 0 where it names none. */
function splitKey(key: string): { readonly host: string; readonly port: number } {
  const [, host = key, port = '0'] = /^(.*):(\d{1,5})$/.exec(key) ?? [];
  return { host: host.toLowerCase(), port: Number(port) };
}

/** What is wrong with the names of a declaration, as half a sentence that begins with the key; undefined where nothing is. */
export function namesMisfit({ knownAs = {}, open = [], ...spec }: WorldSpec): string | undefined {
  for (const [key, peer] of Object.entries(knownAs)) {
    const { host, port } = splitKey(key);
    if (port < 1 || port > 65_535) return `${key} in knownAs names no port: write it as host:port`;
    if (!/^[a-z\d]([a-z\d.-]*[a-z\d])?$/.test(host))
      return `${key} in knownAs is neither a name nor an IPv4 address with a port`;
    if (isIPv4(host) && TAKEN.some(([base, bits]) => inNetwork(host, base, bits)))
      return `${key} in knownAs is an address of the world itself: choose another`;
    if (host === 'localhost' || HOSTS.get(host) === LOOPBACK)
      return `${key} in knownAs is the subject itself: choose another`;
    if (!declares(spec, peer)) return `${key} in knownAs is a name of the ${peer}, which this world does not have`;
    if (spec.proxy?.kind === 'squid' || spec.standby?.kind === 'squid')
      return 'knownAs is not for squid, which asks only for origins that it was told of: take another kind of proxy';
  }
  if (Object.keys(knownAs).length > MOST) return `knownAs has more than ${MOST} names`;
  const unknown = open.find((key) => knownAs[key] === undefined);
  return unknown === undefined ? undefined : `${unknown} in open is none of knownAs`;
}

function declares(spec: Omit<WorldSpec, 'knownAs' | 'open'>, peer: KnownPeer): boolean {
  if (peer === 'gitlab' || peer === 'storage' || peer === 'engine') return true;
  return spec[peer] !== undefined;
}
