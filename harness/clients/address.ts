import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

const family = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

/** An IPv4 address that is written as an IPv6 one, `::ffff:10.1.2.3`, as itself (RFC 4291 section 2.5.5.2); others as they are. */
export function unmapped(address: string): string {
  if (!isIPv6(address) || address.includes('%')) return address;
  const [, high = '', low = ''] = /^\[::ffff:(\w+):(\w+)\]$/.exec(new URL(`http://[${address}]`).hostname) ?? [];
  if (low === '') return address;
  const bytes = [high, low].map((each) => Number.parseInt(each, 16)).flatMap((each) => [each >> 8, each & 255]);
  return bytes.join('.');
}

/** Whether two addresses are the same, however they are written. */
export function sameAddress(one: string, other: string): boolean {
  return isIP(one) !== 0 && isIP(one) === isIP(other) && inNetwork(one, other, isIPv4(one) ? 32 : 128);
}

/** Whether an address is in the network of a base and a number of bits. */
export function inNetwork(address: string, base: string, bits: number): boolean {
  const most = isIPv4(base) ? 32 : 128;
  if (isIP(base) === 0 || isIP(address) !== isIP(base) || !Number.isInteger(bits) || bits < 0 || bits > most) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(base, bits, family(base));
  return list.check(address, family(address));
}

/** The bits of a netmask such as `255.0.0.0`; undefined when it is none. */
export function netmaskBits(mask: string): number | undefined {
  if (!isIPv4(mask)) return undefined;
  const binary = mask
    .split('.')
    .map((each) => Number(each).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(binary) ? binary.replace(/0+$/, '').length : undefined;
}

/** Whether an address is one of this machine's own. */
export const isLoopback = (address: string): boolean =>
  isIP(address) !== 0 && (inNetwork(address, '127.0.0.0', 8) || sameAddress(address, '::1'));
