/** Where a run of characters stands in a text. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

const ASCII = 128;
const tableOf = (characters: string): Uint8Array => {
  const table = new Uint8Array(ASCII);
  for (const each of characters) table[each.charCodeAt(0)] = 1;
  return table;
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Base64 and base64url (RFC 4648 sections 4 and 5), without the padding. */
export const BASE64 = tableOf(`${LETTERS}0123456789+/-_`);
/** Hexadecimal digits in either case (RFC 4648 section 8). */
export const HEX = tableOf('0123456789abcdefABCDEF');

/**
 * Every longest run of an alphabet's characters. One look at each character: a pattern would look again and again.
 * @param least how long a run must be
 */
export function runsOf(text: string, alphabet: Uint8Array, least: number): readonly Run[] {
  let found: Run[] | undefined;
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : ASCII;
    if (code < ASCII && alphabet[code] === 1) {
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
