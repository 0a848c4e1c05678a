import type { SecretSpot } from './view.ts';

/** Looks for many strings at once. */
export class Finder {
  readonly #names: ReadonlyMap<string, string>;
  readonly #pattern: RegExp | undefined;

  /** @param names each string, and the name of the secret that it is */
  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
    // Longest first, so that `user:password` wins over the password inside it.
    const all = [...names.keys()].filter(Boolean).sort((a, b) => b.length - a.length);
    this.#pattern = all.length > 0 ? new RegExp(all.map((each) => RegExp.escape(each)).join('|'), 'g') : undefined;
  }

  /** Every one that stands in a text. */
  find(text: string): SecretSpot[] {
    if (!this.#pattern) return [];
    return [...text.matchAll(this.#pattern)].map(({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
      name: this.#nameOf(found),
    }));
  }

  /** The name of the first; undefined when there is none. */
  first(text: string): string | undefined {
    if (!this.#pattern) return undefined;
    this.#pattern.lastIndex = 0;
    const found = this.#pattern.exec(text);
    return found ? this.#nameOf(found[0]) : undefined;
  }

  /** The text with `put(name)` in place of each. */
  replace(text: string, put: (name: string) => string): string {
    return this.#pattern ? text.replace(this.#pattern, (found) => put(this.#nameOf(found))) : text;
  }

  #nameOf(found: string): string {
    return this.#names.get(found) ?? 'secret';
  }
}
