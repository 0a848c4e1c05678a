/** Where a run of characters stands in a text. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** An alphabet in which bytes are written (RFC 4648). */
export interface Alphabet {
  /** The value of each character; 255 for what is none. */
  readonly values: Uint8Array;
  /** How many bits a character has. */
  readonly bits: 4 | 6;
  /** At how many places in a group of characters a run can begin. */
  readonly starts: 2 | 4;
  readonly encoding: 'base64' | 'hex';
}

const ASCII = 128;
const NO_VALUE = 255;

function valuesOf(...alphabets: readonly string[]): Uint8Array {
  const values = new Uint8Array(ASCII).fill(NO_VALUE);
  for (const each of alphabets) for (let at = 0; at < each.length; at++) values[each.charCodeAt(at)] = at;
  return values;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Base64 and base64url (RFC 4648 sections 4 and 5), without the padding: four characters are three bytes. */
export const BASE64: Alphabet = {
  values: valuesOf(`${LETTERS}0123456789+/`, `${LETTERS}0123456789-_`),
  bits: 6,
  starts: 4,
  encoding: 'base64',
};
/** Hexadecimal digits in either case (RFC 4648 section 8): two are a byte. */
export const HEX: Alphabet = {
  values: valuesOf('0123456789abcdef', '0123456789ABCDEF'),
  bits: 4,
  starts: 2,
  encoding: 'hex',
};

/**
 * Every longest run of an alphabet's characters. One look at each character: a pattern would look again and again.
 * @param least how long a run must be
 */
export function runsOf(text: string, { values }: Alphabet, least: number): readonly Run[] {
  let found: Run[] | undefined;
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : ASCII;
    if (code < ASCII && values[code] !== NO_VALUE) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      if (at - start >= least) {
        found ??= [];
        found.push({ start, end: at });
      }
      start = -1;
    }
  }
  return found ?? NONE;
}

const NONE: readonly Run[] = [];
