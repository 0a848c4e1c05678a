/** Fewer characters of a secret at an edge give nothing away, and stand at the edge of many a harmless text. */
const SHORTEST = 4;

/** A part of a secret, and how much of it. */
interface Part {
  readonly form: string;
  readonly at: number;
}

/** Finds what a cut has left of a secret at the edges of a text: its beginning at the end, its end at the beginning. */
export class Edges {
  readonly #forms: readonly string[];
  readonly #longest: number;
  readonly #beginnings = new Map<string, Part[]>();
  readonly #endings = new Map<string, Part[]>();

  constructor(forms: Iterable<string>) {
    this.#forms = [...forms];
    this.#longest = Math.max(0, ...this.#forms.map((form) => form.length));
    for (const form of this.#forms) {
      for (let at = SHORTEST; at < form.length; at++)
        put(this.#beginnings, form.slice(at - SHORTEST, at), { form, at });
      for (let at = 1; at <= form.length - SHORTEST; at++)
        put(this.#endings, form.slice(at, at + SHORTEST), { form, at });
    }
  }

  /** The text without such parts. @param mark what stands in place of one */
  clean(text: string, mark: string): string {
    if (text.length < SHORTEST) return text;
    if (text.length < this.#longest && this.#forms.some((form) => form.includes(text))) return mark;
    const end = this.#endOf(text);
    const start = this.#startOf(text);
    if (start === 0 && end === text.length) return text;
    if (start >= end) return mark;
    return `${start > 0 ? mark : ''}${text.slice(start, end)}${end < text.length ? mark : ''}`;
  }

  /** Where the beginning of a secret begins. */
  #endOf(text: string): number {
    let end = text.length;
    for (const { form, at } of this.#beginnings.get(text.slice(-SHORTEST)) ?? []) {
      if (text.endsWith(form.slice(0, at))) end = Math.min(end, text.length - at);
    }
    return end;
  }

  /** Where the end of a secret ends. */
  #startOf(text: string): number {
    let start = 0;
    for (const { form, at } of this.#endings.get(text.slice(0, SHORTEST)) ?? []) {
      if (text.startsWith(form.slice(at))) start = Math.max(start, form.length - at);
    }
    return start;
  }
}

function put(parts: Map<string, Part[]>, key: string, part: Part): void {
  const known = parts.get(key);
  if (known) known.push(part);
  else parts.set(key, [part]);
}
