import type { Alphabet, Run } from './runs.ts';

/** The beginnings of secrets, three bytes each as one number. */
export class Beginnings {
  readonly #known = new Set<number>();
  readonly #places = new Uint8Array(1 << 12);

  /** @param bytes a secret, a character each */
  add(bytes: string): void {
    const [b0 = 0, b1 = 0, b2 = 0, b3, b4] = Array.from(bytes.slice(0, 5), (each) => each.charCodeAt(0));
    this.#put((b0 << 16) | (b1 << 8) | b2);
    // In Base64 three bytes are a group, so a secret may begin in the middle of one.
    if (b3 !== undefined) this.#put((b1 << 16) | (b2 << 8) | b3);
    if (b3 !== undefined && b4 !== undefined) this.#put((b2 << 16) | (b3 << 8) | b4);
    else for (let before = 0; before < 256; before++) this.#put((before << 16) | (b0 << 8) | b1);
  }

  has(three: number): boolean {
    return this.#places[placeOf(three)] === 1 && this.#known.has(three);
  }

  #put(three: number): void {
    this.#known.add(three);
    this.#places[placeOf(three)] = 1;
  }
}

const placeOf = (three: number): number => Math.imul(three, 0x9e_37_79_b1) >>> 20;

const NOISE = 1;
const ESCAPE = 2;
const WRITTEN = 4;
/** What a byte is: none of a text's; the beginning of an escape; a character of Base64. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  if ((byte < 0x20 && (byte < 0x09 || byte > 0x0d)) || byte === 0x7f) return NOISE;
  if (/[%&\\]/.test(char)) return ESCAPE;
  return /[A-Za-z0-9+/_-]/.test(char) ? WRITTEN : 0;
});

/**
 * Where in a group of characters a run must begin to be worth decoding: a secret seems to begin in it, or it is a text with
 * escapes or with something encoded in turn. One look at each character, and nothing is decoded.
 * @param least how long what is encoded in turn must be, in characters
 * @returns a bit for each start
 */
export function promisingStarts(
  text: string,
  run: Run,
  alphabet: Alphabet,
  beginnings: Beginnings,
  least: number,
): number {
  const { values, bits, starts } = alphabet;
  const group = 24 / bits;
  const step = bits === 6 ? 3 : 1;
  const written = [0, 0, 0, 0];
  let [window, found, noise, more] = [0, 0, 0, 0];
  // A last group that is not full is filled up with zeros.
  for (let at = run.start; at < run.end + group - 2; at++) {
    const inside = at < run.end;
    window = ((window << bits) | (inside ? (values[text.charCodeAt(at)] ?? 0) : 0)) & 0xff_ff_ff;
    const nth = at - run.start + 1 - group;
    // A group that is not whole at the beginning counts with zeros before it.
    const start = (nth + group * starts) % starts;
    if (beginnings.has(window)) found |= 1 << start;
    const [one, two, three] = [KINDS[window >> 16], KINDS[(window >> 8) & 0xff], KINDS[window & 0xff]] as [
      number,
      number,
      number,
    ];
    const any = one | two | three;
    if (inside && nth >= 0 && any & NOISE) noise |= 1 << start;
    if (any & ESCAPE) more |= 1 << start;
    const count = one & two & three & WRITTEN ? (written[start] ?? 0) + 1 : 0;
    written[start] = count;
    if (count * step + 4 >= least) more |= 1 << start;
  }
  return found | (more & ~noise);
}
