import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { type CiMap, type CiNode, emptyMap, merged } from './node.ts';

/** What GitLab takes at most (“Maximum size and depth of CI/CD configuration YAML files”). */
const MOST_CHARACTERS = 2 * 2 ** 20;
/** So many brackets that open, and none that closes in between. */
const TOO_DEEP = /(?:[[{][^[\]{}]*){100}/;
/** Nodes that aliases may make of a file. */
const MOST_NODES = 200_000;
const MOST_ALIASES = 3000;

export interface ParsedCi {
  readonly top: CiMap;
  readonly error: { readonly line: number; readonly why: string } | undefined;
}

class TooMuch extends Error {}

/** Parses a .gitlab-ci.yml with the lines of its nodes, as far as it can be parsed. It never throws, and repeats none of the text. */
export function parseCi(text: string): ParsedCi {
  const refused = (why: string): ParsedCi => ({ top: emptyMap(1), error: { line: 1, why } });
  if (text.length > MOST_CHARACTERS) return refused('it is larger than the 2 MiB that GitLab takes');
  if (TOO_DEEP.test(text)) return refused('it is nested deeper than the 100 levels that GitLab takes');
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
    if (!Array.isArray(documents)) return { top: emptyMap(1), error: undefined };
    const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
    let top: CiNode = emptyMap(1);
    for (const document of documents) {
      const node = new Conversion(lineAt, (alias) => alias.resolve(document)).node(document.contents);
      if (node.kind === 'map' && !node.entries.has('spec')) top = merged(top, node);
    }
    const [error] = documents.flatMap(({ errors }) => errors);
    return {
      top: top.kind === 'map' ? top : emptyMap(1),
      error: error && {
        line: lineAt(error.pos[0]),
        why: `it is no valid YAML (${error.code.toLowerCase().replaceAll('_', ' ')})`,
      },
    };
  } catch (error) {
    return refused(
      error instanceof TooMuch ? 'its aliases make more of it than anybody could mean' : 'it is nested too deep',
    );
  }
}

type Alias = Extract<Node, { source: string; resolve: unknown }>;

class Conversion {
  #nodes = 0;
  #aliases = 0;
  readonly #lineAt: (offset: number) => number;
  readonly #resolve: (alias: Alias) => Node | undefined;

  constructor(lineAt: (offset: number) => number, resolve: (alias: Alias) => Node | undefined) {
    this.#lineAt = lineAt;
    this.#resolve = resolve;
  }

  node(node: unknown, depth = 0): CiNode {
    this.#nodes += 1;
    if (this.#nodes > MOST_NODES || depth > 200) throw new TooMuch();
    if (isAlias(node)) this.#aliases += 1;
    if (this.#aliases > MOST_ALIASES) throw new TooMuch();
    if (isAlias(node)) return this.node(this.#resolve(node), depth + 1);
    const line = this.#line(node);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.node(item, depth + 1));
      if (node.tag !== '!reference') return { kind: 'list', line, items };
      return { kind: 'reference', line, path: items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])) };
    }
    if (isMap(node)) return this.#map(node.items, line, depth);
    const { value, type } = isScalar(node) ? node : { value: '', type: undefined };
    return { kind: 'text', line, text: String(value ?? ''), literal: type === 'BLOCK_LITERAL' };
  }

  #map(items: readonly { readonly key: unknown; readonly value: unknown }[], line: number, depth: number): CiMap {
    const own = new Map<string, { line: number; node: CiNode }>();
    const below: CiNode[] = [];
    for (const { key, value } of items) {
      const node = this.node(value, depth + 1);
      const name = isScalar(key) ? String(key.value ?? '') : '';
      if (name === '<<') for (const each of node.kind === 'list' ? node.items : [node]) below.push(each);
      else own.set(name, { line: this.#line(key), node });
    }
    // A merge key gives what the map itself does not have; the first of several wins.
    for (const each of below) {
      if (each.kind !== 'map') continue;
      for (const [key, entry] of each.entries) if (!own.has(key)) own.set(key, entry);
    }
    return { kind: 'map', line, entries: own };
  }

  #line(node: unknown): number {
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    const [offset] = Array.isArray(range) ? range : [];
    return typeof offset === 'number' ? this.#lineAt(offset) : 1;
  }
}
