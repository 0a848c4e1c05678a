import type { SecretSpot } from './view.ts';

/** As many characters are looked at together, a byte of each. */
const HEAD = 4;
const HEADS = 1 << 14;

/** Says where in a table of `2 ** bits` places a number is. */
const place = (head: number, bits: number): number => Math.imul(head, 0x9e_37_79_b1) >>> (32 - bits);

/** Strings that begin alike and are of one length. */
interface OfLength {
  readonly length: number;
  readonly needles: Set<string>;
}

/** Whether a string counts that stands between two places of a text. */
type Counts = (start: number, end: number) => boolean;
const always: Counts = () => true;

/** Looks for many strings at once: a look at each character, however many there are. */
export class Needles {
  readonly #names = new Map<string, string>();
  /**
   * By their first characters and then by their lengths, the longest first, so that `user:password` wins over the password
   * inside it. However many begin alike, each length is one look.
   */
  readonly #byHead = new Map<number, OfLength[]>();
  readonly #heads = new Uint8Array(HEADS);
  /** Those that are shorter than what is looked at together. */
  readonly #short: string[] = [];

  /** @param name of the secret that the string is */
  add(needle: string, name: string): void {
    if (needle === '') return;
    const isNew = !this.#names.has(needle);
    this.#names.set(needle, name);
    if (!isNew) return;
    if (needle.length < HEAD) {
      insert(this.#short, needle);
      return;
    }
    const head = headOf(needle);
    this.#heads[place(head, 14)] = 1;
    const known = this.#byHead.get(head) ?? [];
    const same = known.find(({ length }) => length === needle.length);
    if (same) same.needles.add(needle);
    else insert(known, { length: needle.length, needles: new Set([needle]) });
    this.#byHead.set(head, known);
  }

  /** Every one that stands in a text; of two that overlap the first. */
  find(text: string): SecretSpot[] {
    const spots: SecretSpot[] = [];
    for (let spot = this.next(text, 0); spot; spot = this.next(text, spot.end)) spots.push(spot);
    return spots;
  }

  /**
   * The first from a place on; undefined when there is none.
   * @param counts whether one that stands there counts; each does by default
   */
  next(text: string, from: number, counts: Counts = always): SecretSpot | undefined {
    if (this.#short.length > 0) return this.#nextOfAny(text, from, counts);
    let head = 0;
    for (let at = from; at < text.length; at++) {
      head = (head << 8) | (text.charCodeAt(at) & 0xff);
      if (this.#heads[place(head, 14)] === 0) continue;
      const start = at - HEAD + 1;
      const found = start < from ? undefined : this.#at(text, start, head, counts);
      if (found !== undefined) return this.#spot(start, found);
    }
    return undefined;
  }

  #at(text: string, start: number, head: number, counts: Counts): string | undefined {
    for (const { length, needles } of this.#byHead.get(head) ?? []) {
      const found = text.slice(start, start + length);
      if (needles.has(found) && counts(start, start + length)) return found;
    }
    return undefined;
  }

  #nextOfAny(text: string, from: number, counts: Counts): SecretSpot | undefined {
    for (let start = from; start < text.length; start++) {
      const found =
        (start + HEAD <= text.length ? this.#at(text, start, headOf(text, start), counts) : undefined) ??
        this.#short.find((each) => text.startsWith(each, start) && counts(start, start + each.length));
      if (found !== undefined) return this.#spot(start, found);
    }
    return undefined;
  }

  #spot(start: number, found: string): SecretSpot {
    return { start, end: start + found.length, name: this.#names.get(found) ?? 'secret' };
  }
}

function headOf(text: string, start = 0): number {
  let head = 0;
  for (let at = start; at < start + HEAD; at++) head = (head << 8) | (text.charCodeAt(at) & 0xff);
  return head;
}

function insert<T extends { readonly length: number }>(needles: T[], needle: T): void {
  const shorter = needles.findIndex((each) => each.length < needle.length);
  needles.splice(shorter < 0 ? needles.length : shorter, 0, needle);
}
