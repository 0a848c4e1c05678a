import { BASE64 } from './runs.ts';

/** So many characters are looked at together, a byte of each. */
const HEAD = 4;
const PLACES_BITS = 14;
const placeOf = (head: number): number => Math.imul(head, 0x9e_37_79_b1) >>> (32 - PLACES_BITS);

/** What a text may have. A bit each; above them stands the longest run of characters of Base64, hexadecimal digits among them. */
export const SEEN = {
  /** The beginning of a form of a secret. */
  form: 1,
  /** The beginning of a form that a cut may have left at an edge. */
  edge: 2,
  /** The beginning of a word that names secrets, in letters of either case. */
  name: 4,
  /** A character that may begin an escape. */
  escape: 8,
  line: 16,
  /** Something that is not ASCII. */
  other: 32,
} as const;
const RUN_SHIFT = 6;

const ASCII = 128;
/** A bit that is no part of the answer. */
const RUN = 64;
const KINDS = Uint8Array.from({ length: ASCII }, (_, code) => {
  if ('%&\\'.includes(String.fromCharCode(code))) return SEEN.escape;
  if (code === 0x0a) return SEEN.line;
  return (BASE64.values[code] ?? ASCII) < ASCII ? RUN : 0;
});

/** The words that patterns of unknown secrets begin with. */
const NAMES = ['auth', 'toke', 'pass', 'secr', 'x-am'];

/** Says in one look at each character what a text may have, so that most texts need no second one. */
export class Glances {
  readonly #places = new Uint8Array(1 << PLACES_BITS);
  readonly #names = new Uint8Array(1 << PLACES_BITS);

  constructor() {
    for (const name of NAMES) this.#names[placeOf(headOf(name) | 0x20_20_20_20)] = SEEN.name;
  }

  /** From now on a text with the beginning of this form is seen. One that is shorter than a beginning is looked for everywhere. */
  add(form: string, as: 'form' | 'edge'): void {
    if (form.length < HEAD) {
      for (let place = 0; place < this.#places.length; place++) this.#mark(place, SEEN[as]);
    } else {
      this.#mark(placeOf(headOf(form)), SEEN[as]);
    }
  }

  /** @returns bits of SEEN, and the run */
  at(text: string): number {
    let [seen, run, longest, head] = [0, 0, 0, 0];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      head = (head << 8) | (code & 0xff);
      seen |= (this.#places[placeOf(head)] ?? 0) | (this.#names[placeOf(head | 0x20_20_20_20)] ?? 0);
      const kind = code < ASCII ? (KINDS[code] ?? 0) : SEEN.other;
      if (kind !== RUN) {
        seen |= kind;
        run = 0;
      } else if (++run > longest) longest = run;
    }
    return (longest << RUN_SHIFT) | seen;
  }

  #mark(place: number, bit: number): void {
    this.#places[place] = (this.#places[place] ?? 0) | bit;
  }
}

/** The longest run of characters of Base64. */
export const runIn = (glance: number): number => glance >> RUN_SHIFT;

function headOf(text: string): number {
  let head = 0;
  for (let at = 0; at < HEAD; at++) head = (head << 8) | (text.charCodeAt(at) & 0xff);
  return head;
}
