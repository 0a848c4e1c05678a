import { MACHINE_NETWORK } from '../../containers/host/index.ts';
import type { Bundle } from '../../diagnosis/bundle/bundle.ts';

/** An address of the customer's that another stands for. */
export interface MappedAddress {
  readonly theirs: string;
  readonly ours: string;
}

/**
 * Networks that a world has for itself (see `known-as.ts` of the world), and what may stand for them: other blocks for documentation
 * and for benchmarks (RFC 5737, RFC 2544), and neighbours.
 */
const CLASHING: Readonly<Record<string, readonly string[]>> = {
  '192.0.2': ['198.51.100', '203.0.113', '198.18.0', '198.19.0'],
  [MACHINE_NETWORK.replace(/\.0\/24$/, '')]: ['10.77.0', '10.78.0', '10.79.0', '10.80.0'],
};

const addressesOf = (network: string): RegExp =>
  new RegExp(`(?<![\\d.])${network.replaceAll('.', '\\.')}\\.(\\d{1,3})(?!\\d|\\.\\d)`, 'g');

/** One byte a character: whatever a file's encoding, all but the addresses stay as they are. */
const textIn = (bytes: Buffer): string => bytes.toString('latin1');

/** A bundle in which no address is one of the world's own, and which were such. The same bundle where none is. */
export function withoutClashes(bundle: Bundle): { readonly bundle: Bundle; readonly mapped: readonly MappedAddress[] } {
  const texts = bundle.files.map(({ bytes }) => textIn(bytes));
  const mapped = Object.entries(CLASHING).flatMap(([network, instead]) => {
    const seen = new Set(
      texts.flatMap((text) => [...text.matchAll(addressesOf(network))].map(([, last = '']) => last)),
    );
    const free = instead.find((each) => !texts.some((text) => text.includes(`${each}.`)));
    if (free === undefined) return [];
    return [...seen].map((last) => ({ theirs: `${network}.${last}`, ours: `${free}.${last}` }));
  });
  if (mapped.length === 0) return { bundle, mapped };
  const files = bundle.files.map((file, index) => ({
    ...file,
    bytes: Buffer.from(replaced(texts[index] ?? '', mapped, 'theirs', 'ours'), 'latin1'),
  }));
  return { bundle: { ...bundle, files }, mapped };
}

/** A text with the customer's own addresses, as they are handed back. */
export const withTheirAddresses = (text: string, mapped: readonly MappedAddress[]): string =>
  replaced(text, mapped, 'ours', 'theirs');

/** What was mapped, as a sentence for each network. */
export const clashSays = (mapped: readonly MappedAddress[]): readonly string[] => [
  ...new Set(
    mapped.map(
      ({ theirs, ours }) =>
        `Addresses of ${networkOf(theirs)} are the world's own here: such of ${networkOf(ours)} stand for them, and are written back in what is said.`,
    ),
  ),
];

const networkOf = (address: string): string => address.replace(/\d+$/, 'x');

function replaced(
  text: string,
  mapped: readonly MappedAddress[],
  from: keyof MappedAddress,
  to: keyof MappedAddress,
): string {
  const known = new Map(mapped.map((each) => [each[from], each[to]]));
  const networks = new Set([...known.keys()].map((address) => address.replace(/\.\d+$/, '')));
  return [...networks].reduce(
    (rest, network) => rest.replaceAll(addressesOf(network), (address) => known.get(address) ?? address),
    text,
  );
}
