/** How much of a secret finds it, in characters; none is shorter. */
const HEAD = 4;

/** Secrets by how they begin. Each text is gone through once, however many there are: a file may have thousands. */
export class HiddenSecrets {
  /** By how they begin and then by their length, the longest first: many begin alike. */
  readonly #byHead: ReadonlyMap<string, readonly (readonly [length: number, secrets: ReadonlySet<string>])[]>;
  /** Whether a secret begins with two characters, by the low bytes of both: most places of a text are told apart by that. */
  readonly #mayBegin = new Uint8Array(1 << 16);
  readonly #long: number;

  /**
   * @param secrets of at least four characters each
   * @param long from which length on, in characters, one is hidden within words, too
   */
  constructor(secrets: readonly string[], long: number) {
    const byHead = Map.groupBy(secrets, (secret) => secret.slice(0, HEAD));
    this.#byHead = new Map([...byHead].map(([head, of]) => [head, byLength(of)]));
    this.#long = long;
    for (const head of this.#byHead.keys()) this.#mayBegin[pairAt(head, 0)] = 1;
  }

  /** Puts a mark in the place of each secret; of those that overlap one for all. */
  hide(text: string, mark: string): string {
    if (this.#byHead.size === 0) return text;
    let shown = '';
    let from = 0;
    let end = -1;
    for (let at = 0; at + HEAD <= text.length; at += 1) {
      if (this.#mayBegin[pairAt(text, at)] === 0) continue;
      const length = this.#lengthAt(text, at);
      if (length === 0) continue;
      if (at > end) {
        if (end >= 0) shown += mark;
        shown += text.slice(from, at);
      }
      end = Math.max(end, at + length);
      from = end;
    }
    return end < 0 ? text : shown + mark + text.slice(end);
  }

  #lengthAt(text: string, at: number): number {
    const candidates = this.#byHead.get(text.slice(at, at + HEAD));
    if (!candidates) return 0;
    for (const [length, secrets] of candidates) {
      if (!secrets.has(text.slice(at, at + length))) continue;
      if (length >= this.#long || isAlone(text, at, length)) return length;
    }
    return 0;
  }
}

const byLength = (secrets: readonly string[]): readonly (readonly [number, ReadonlySet<string>])[] =>
  [...Map.groupBy(secrets, ({ length }) => length)]
    .toSorted(([one], [other]) => other - one)
    .map(([length, of]) => [length, new Set(of)]);

const pairAt = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 0xff) << 8) | (text.charCodeAt(at + 1) & 0xff);

const LETTER = /[\p{L}\p{N}]/u;

/** Whether no letter or digit stands at either side. */
const isAlone = (text: string, at: number, length: number): boolean =>
  !LETTER.test(text[at - 1] ?? '') && !LETTER.test(text[at + length] ?? '');
