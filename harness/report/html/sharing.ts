/** A value as JSON text in which what occurs more than once stands once. */
export interface Shared {
  /** The JSON of a text, or the items of what has some. */
  readonly items: string | readonly (Shared | string)[];
  /** 0 for an array, else which list of property names it has. */
  readonly shape: number;
  readonly id: number;
  uses: number;
  /** Its place in the table, once it has one. */
  place: number | undefined;
}

/** Shorter than this, a reference saves nothing. */
const WORTH_SHARING = 6;

/**
 * Packs many values that are much alike, such as the events of a run: equal strings, lists and objects are kept once, in
 * a table that all refer to, and property names once for each kind of object. `browser/unpack.ts` undoes it.
 *
 * An array is `[0, …items]`, an object `[shape, …values]`, a negative number `[-1, its positive]`, and `-n` is the
 * table's entry n - 1.
 */
export class Sharing {
  readonly #texts = new Map<string, Shared>();
  readonly #composites = new Map<string, Shared>();
  readonly #shapes = new Map<string, number>();
  readonly #table: string[] = [];
  #nodes = 0;

  /** Takes a value in; every value is taken in before the first is written. */
  add(value: unknown): Shared | string {
    const node = this.#intern(value);
    if (typeof node !== 'string') node.uses++;
    return node;
  }

  /** The JSON text of a value that was taken in. */
  write(node: Shared | string): string {
    if (typeof node === 'string') return node;
    if (node.place !== undefined) return String(-1 - node.place);
    const text =
      typeof node.items === 'string'
        ? node.items
        : `[${[node.shape, ...node.items.map((each) => this.write(each))].join(',')}]`;
    if (node.uses < 2 || text.length < WORTH_SHARING) return text;
    node.place = this.#table.push(text) - 1;
    return String(-1 - node.place);
  }

  /** The table and the shapes as JSON text, for when every value was written. */
  table(): string {
    return `[[${this.#table.join(',')}],[${[...this.#shapes.keys()].join(',')}]]`;
  }

  #intern(value: unknown): Shared | string {
    if (typeof value === 'number' && value < 0) return `[-1,${JSON.stringify(-value)}]`;
    if (typeof value === 'string') return this.#text(value);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
    if (Array.isArray(value)) return this.#composed(0, value);
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return this.#composed(
      this.#shapeOf(entries.map(([name]) => name)),
      entries.map(([, each]) => each),
    );
  }

  #text(text: string): Shared {
    const known = this.#texts.get(text);
    if (known) return known;
    const node = this.#node(JSON.stringify(text), 0);
    this.#texts.set(text, node);
    return node;
  }

  #composed(shape: number, values: readonly unknown[]): Shared {
    const items = values.map((each) => this.#intern(each));
    let key = String(shape);
    for (const each of items) key += typeof each === 'string' ? ` ${each}` : ` #${each.id}`;
    const known = this.#composites.get(key);
    if (known) return known;
    for (const each of items) if (typeof each !== 'string') each.uses++;
    const node = this.#node(items, shape);
    this.#composites.set(key, node);
    return node;
  }

  #node(items: Shared['items'], shape: number): Shared {
    return { items, shape, id: this.#nodes++, uses: 0, place: undefined };
  }

  #shapeOf(names: readonly string[]): number {
    const key = JSON.stringify(names);
    const shape = this.#shapes.get(key) ?? this.#shapes.size + 1;
    this.#shapes.set(key, shape);
    return shape;
  }
}
