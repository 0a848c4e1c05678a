import type { SecretSpot } from './view.ts';

/** As many characters are looked at together, a byte of each. */
const HEAD = 4;
const HEADS = 1 << 14;

/** Says where in a table of `2 ** bits` places a number is. */
const place = (head: number, bits: number): number => Math.imul(head, 0x9e_37_79_b1) >>> (32 - bits);

/** Looks for many strings at once: a look at each character, however many there are. */
export class Needles {
  readonly #names = new Map<string, string>();
  /** By their first characters, the longest first, so that `user:password` wins over the password inside it. */
  readonly #byHead = new Map<number, string[]>();
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
    const known = this.#byHead.get(head);
    if (known) insert(known, needle);
    else this.#byHead.set(head, [needle]);
  }

  /** Every one that stands in a text; of two that overlap the first. */
  find(text: string): SecretSpot[] {
    const spots: SecretSpot[] = [];
    for (let spot = this.next(text, 0); spot; spot = this.next(text, spot.end)) spots.push(spot);
    return spots;
  }

  /** The first from a place on; undefined when there is none. */
  next(text: string, from: number): SecretSpot | undefined {
    if (this.#short.length > 0) return this.#nextOfAny(text, from);
    let head = 0;
    for (let at = from; at < text.length; at++) {
      head = (head << 8) | (text.charCodeAt(at) & 0xff);
      if (this.#heads[place(head, 14)] === 0) continue;
      const start = at - HEAD + 1;
      const found = start < from ? undefined : this.#at(text, start, head);
      if (found !== undefined) return this.#spot(start, found);
    }
    return undefined;
  }

  #at(text: string, start: number, head: number): string | undefined {
    return this.#byHead.get(head)?.find((each) => text.startsWith(each, start));
  }

  #nextOfAny(text: string, from: number): SecretSpot | undefined {
    for (let start = from; start < text.length; start++) {
      const found =
        (start + HEAD <= text.length ? this.#at(text, start, headOf(text, start)) : undefined) ??
        this.#short.find((each) => text.startsWith(each, start));
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

function insert(needles: string[], needle: string): void {
  const shorter = needles.findIndex((each) => each.length < needle.length);
  needles.splice(shorter < 0 ? needles.length : shorter, 0, needle);
}
