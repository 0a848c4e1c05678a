import { canonical, canonicalText, isEscaped } from './canonical.ts';

/** Fewer characters of a secret at an edge give nothing away, and stand at the edge of many a harmless text. */
const SHORTEST = 4;
/** Digits say less, and as few of them as above end many a port, date or count. */
const SHORTEST_OF_DIGITS = 8;
/** Hexadecimal, or decimal. */
const DIGITS = /^[0-9a-f]+$/i;
/** Places for groups of so many characters, as bits. */
const BITS = 19;

/** What lies between the edges. */
interface Rest {
  readonly start: number;
  readonly end: number;
}

/** Finds what a cut has left of a secret at the edges of a text: its beginning at the end, its end at the beginning. */
export class Edges {
  /** Each with how much of it must be left at an edge. */
  readonly #forms = new Map<string, number>();
  readonly #byHead = new Map<string, string[]>();
  readonly #groups = new Uint32Array(1 << (BITS - 5));
  #longest = 0;

  add(form: string): void {
    const shortest = DIGITS.test(form) ? SHORTEST_OF_DIGITS : SHORTEST;
    if (form.length < shortest || this.#forms.has(form)) return;
    this.#forms.set(form, shortest);
    this.#longest = Math.max(this.#longest, form.length);
    const head = form.slice(0, SHORTEST);
    const known = this.#byHead.get(head);
    if (known) known.push(form);
    else this.#byHead.set(head, [form]);
    for (let at = 0; at + SHORTEST <= form.length; at++) {
      const place = placeOf(form, at);
      this.#groups[place >>> 5] = (this.#groups[place >>> 5] ?? 0) | (1 << (place & 31));
    }
  }

  /**
   * The text without such parts.
   * @param mark what stands in place of one
   * @param begins whether a secret may begin in the text
   */
  clean(text: string, mark: string, begins: boolean): string {
    const { start, end } = this.#rest(text, begins);
    if (start === 0 && end === text.length) return text;
    if (start >= end) return mark;
    return `${start > 0 ? mark : ''}${text.slice(start, end)}${end < text.length ? mark : ''}`;
  }

  #rest(text: string, begins: boolean): Rest {
    if (text.length < SHORTEST) return { start: 0, end: text.length };
    const start = this.#startOf(text);
    if (!begins) return { start, end: text.length };
    const end = this.#endOf(text);
    if (!isEscaped(text)) return { start, end };
    const plain = canonicalText(text);
    const inside = { start: this.#startOf(plain), end: this.#endOf(plain) };
    if (inside.start === 0 && inside.end === plain.length) return { start, end };
    const { from } = canonical(text);
    return { start: Math.max(start, from[inside.start] ?? 0), end: Math.min(end, from[inside.end] ?? text.length) };
  }

  /** Where the beginning of a secret begins. */
  #endOf(text: string): number {
    for (let at = Math.max(0, text.length - this.#longest); at + SHORTEST <= text.length; at++) {
      if (!this.#has(text, at)) continue;
      const rest = text.slice(at);
      const forms = this.#byHead.get(rest.slice(0, SHORTEST));
      if (forms?.some((form) => rest.length >= (this.#forms.get(form) ?? 0) && form.startsWith(rest))) return at;
    }
    return text.length;
  }

  /** Where the end of a secret ends; all of a text may be the middle of one. */
  #startOf(text: string): number {
    if (!this.#has(text, 0)) return 0;
    const head = text.slice(0, SHORTEST);
    let start = 0;
    for (const [form, shortest] of this.#forms) {
      for (let at = form.indexOf(head); at >= 0; at = form.indexOf(head, at + 1)) {
        const rest = form.slice(at, at + text.length);
        if (rest.length >= shortest && text.startsWith(rest)) start = Math.max(start, rest.length);
      }
    }
    return start;
  }

  /** Whether so many characters stand in any secret; it may say yes by chance. */
  #has(text: string, at: number): boolean {
    const place = placeOf(text, at);
    return ((this.#groups[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
  }
}

function placeOf(text: string, at: number): number {
  let group = 0;
  for (let each = at; each < at + SHORTEST; each++) group = (group << 8) | (text.charCodeAt(each) & 0xff);
  return Math.imul(group, 0x9e_37_79_b1) >>> (32 - BITS);
}
