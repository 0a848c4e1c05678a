/** A value of JSON with the line it begins in. */
export interface JsonNode {
  readonly line: number;
  /** Of an object its members, of an array its items, else the value itself. */
  readonly members?: readonly JsonMember[];
  readonly items?: readonly JsonNode[];
  readonly value?: string | number | boolean | null;
}
export interface JsonMember {
  readonly key: string;
  readonly line: number;
  readonly node: JsonNode;
}

export interface JsonError {
  readonly line: number;
  readonly why: string;
}

const MOST_DEPTH = 500;
const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\n\r]|\\.)*"/y;
const LITERAL = /true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Reads JSON as Go does, with the line of every key.
 * @param text without the lines before it
 * @param skipped lines of the file before the text
 * @param whole whether something behind the value is an error, too
 */
export function readJson(text: string, skipped: number, whole: boolean): JsonNode | JsonError {
  try {
    const parser = new Parser(text, skipped);
    const node = parser.value(0);
    if (whole && !parser.isAtEnd()) parser.fail('something follows behind its end');
    return node;
  } catch (error) {
    if (error instanceof NoJson) return { line: error.line, why: error.message };
    throw error;
  }
}

export const isJsonError = (node: JsonNode | JsonError): node is JsonError => 'why' in node;

/** What a node stands for. */
export function plainValue(node: JsonNode): unknown {
  if (node.members) return Object.fromEntries(node.members.map(({ key, node: inner }) => [key, plainValue(inner)]));
  if (node.items) return node.items.map(plainValue);
  return node.value;
}

class NoJson extends Error {
  readonly line: number;
  constructor(line: number, why: string) {
    super(why);
    this.line = line;
  }
}

class Parser {
  readonly #text: string;
  readonly #breaks: number[] = [];
  readonly #skipped: number;
  #at = 0;
  /** Where the last token ended: the place of a comma that is missing. */
  #end = 0;

  constructor(text: string, skipped: number) {
    this.#text = text;
    this.#skipped = skipped;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#breaks.push(at);
  }

  value(depth: number): JsonNode {
    if (depth > MOST_DEPTH) this.fail('it is nested too deeply');
    const line = this.#line(this.#next());
    const char = this.#text.charAt(this.#at);
    if (char === '{') return { line, members: this.#list('{', '}', () => this.#member(depth)) };
    if (char === '[') return { line, items: this.#list('[', ']', () => this.value(depth + 1)) };
    if (char === '"') return { line, value: this.#string() };
    const literal = this.#take(LITERAL);
    if (literal === undefined) return this.fail(this.#at >= this.#text.length ? 'it ends too early' : unexpected(char));
    return { line, value: JSON.parse(literal) as number | boolean | null };
  }

  isAtEnd(): boolean {
    return this.#next() >= this.#text.length;
  }

  fail(why: string, at = this.#at): never {
    throw new NoJson(this.#line(Math.min(at, Math.max(0, this.#text.trimEnd().length - 1))), why);
  }

  #member(depth: number): JsonMember {
    const line = this.#line(this.#next());
    if (this.#text.charAt(this.#at) !== '"') this.fail(unexpected(this.#text.charAt(this.#at)));
    const key = this.#string();
    this.#expect(':', 'a colon is missing behind a key');
    return { key, line, node: this.value(depth + 1) };
  }

  #list<Item>(open: string, close: string, item: () => Item): Item[] {
    this.#expect(open, '');
    const items: Item[] = [];
    this.#next();
    if (this.#text.charAt(this.#at) === close) {
      this.#expect(close, '');
      return items;
    }
    for (;;) {
      items.push(item());
      const before = this.#end;
      this.#next();
      const char = this.#text.charAt(this.#at);
      if (char === close) {
        this.#expect(close, '');
        return items;
      }
      if (this.#at >= this.#text.length) this.fail(`it ends before its ${close}`);
      if (char !== ',') this.fail('a comma is missing', before - 1);
      const comma = this.#at;
      this.#expect(',', '');
      this.#next();
      if (this.#text.charAt(this.#at) === close) this.fail(`a comma stands before the ${close}`, comma);
    }
  }

  #string(): string {
    const raw = this.#take(STRING);
    if (raw === undefined) this.fail('a quotation mark is not closed');
    try {
      return JSON.parse(raw ?? '') as string;
    } catch {
      return this.fail('a backslash stands in a text where JSON knows no such escape', this.#end - 1);
    }
  }

  #expect(char: string, why: string): void {
    this.#next();
    if (this.#text.charAt(this.#at) !== char) this.fail(why);
    this.#at += 1;
    this.#end = this.#at;
  }

  #next(): number {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#text);
    this.#at = SPACE.lastIndex;
    return this.#at;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#text)?.[0];
    if (taken === undefined) return undefined;
    this.#at += taken.length;
    this.#end = this.#at;
    return taken;
  }

  #line(offset: number): number {
    let low = 0;
    let high = this.#breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return this.#skipped + low + 1;
  }
}

function unexpected(char: string): string {
  if (char === '/' || char === '#') return 'a comment stands there, which JSON does not have';
  if (char === "'") return "' is no quotation mark of JSON";
  if (/[“”„‘’]/.test(char)) return `${char} is no quotation mark of JSON`;
  return 'what follows is no JSON';
}
