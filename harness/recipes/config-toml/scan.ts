/** A text between quotation marks, or a bare value. */
export interface TomlText {
  readonly text: string;
  /** From 1, of its first character. */
  readonly line: number;
  readonly quoted: boolean;
}

const BASIC = { '"""': true, "'''": false } as const;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', e: '\x1b' };
const MOST_ITEMS = 100_000;
/** The longest text that a pattern is tried on. */
const WINDOW = 512;

/** A place in a text that moves forward; lines are counted on the way. */
export class TomlScan {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #values = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get ended(): boolean {
    return this.#at >= this.#text.length;
  }

  get line(): number {
    return this.#line;
  }

  /** Whether there is more than anybody writes. */
  get full(): boolean {
    return this.#values > MOST_ITEMS;
  }

  /** Whether only blanks stand before it on its line. */
  get atLineStart(): boolean {
    let at = this.#at - 1;
    while (at >= 0 && (this.#text[at] === ' ' || this.#text[at] === '\t')) at -= 1;
    return at < 0 || this.#text[at] === '\n';
  }

  has(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  looksLike(...patterns: readonly RegExp[]): boolean {
    const window = this.#window();
    return patterns.some((pattern) => pattern.test(window));
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#window());
    if (!found) return undefined;
    this.step(found[0].length);
    return found;
  }

  step(length = 1): void {
    const to = Math.min(this.#at + length, this.#text.length);
    for (; this.#at < to; this.#at += 1) if (this.#text[this.#at] === '\n') this.#line += 1;
  }

  blanks(): void {
    while (/[ \t\r]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  /** Over blanks, line ends and comments. */
  skip(): void {
    for (;;) {
      this.blanks();
      if (this.has('\n')) this.step();
      else if (this.has('#')) this.#toEnd();
      else return;
    }
  }

  toNextLine(): void {
    this.#toEnd();
    this.step();
  }

  /** A string of any kind, or what else stands here up to a comma, a bracket, a comment or the line's end. */
  text(): TomlText {
    this.#values += 1;
    const line = this.#line;
    for (const [mark, escapes] of Object.entries(BASIC)) if (this.has(mark)) return this.#block(mark, escapes, line);
    if (this.has('"')) return { text: this.#basic(), line, quoted: true };
    if (this.has("'")) return { text: this.#upTo(/['\n]/g, true), line, quoted: true };
    return { text: this.#upTo(/[,\]}#\n]/g, false).trim(), line, quoted: false };
  }

  #window(): string {
    return this.#text.slice(this.#at, this.#at + WINDOW);
  }

  #toEnd(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  /** A string that a line's end closes, if nothing else does. */
  #basic(): string {
    const pattern = /(?:[^"\\\n]|\\[^\n])*/y;
    pattern.lastIndex = this.#at + 1;
    const [raw = ''] = pattern.exec(this.#text) ?? [];
    this.#at += 1 + raw.length;
    if (this.has('"')) this.#at += 1;
    return unescaped(raw);
  }

  #block(mark: string, escapes: boolean, line: number): TomlText {
    const from = this.#at + mark.length;
    const end = this.#text.indexOf(mark, from);
    const to = end < 0 ? this.#text.length : end;
    const raw = this.#text.slice(from, to).replace(/^\r?\n/, '');
    this.step(to - this.#at + mark.length);
    return { text: escapes ? unescaped(raw.replace(/\\[ \t]*\r?\n\s*/g, '')) : raw, line, quoted: true };
  }

  #upTo(pattern: RegExp, quoted: boolean): string {
    const from = this.#at + (quoted ? 1 : 0);
    pattern.lastIndex = from;
    const end = pattern.exec(this.#text)?.index ?? this.#text.length;
    this.#at = end + (quoted && this.#text[end] === "'" ? 1 : 0);
    return this.#text.slice(from, end).replace(/\r$/, '');
  }
}

/** An escape that TOML does not know stays as it is. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs, (whole, four, eight, one) => {
    const code = four ?? eight;
    if (code !== undefined)
      return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : whole;
    return one === '"' || one === '\\' ? one : (ESCAPES[one] ?? whole);
  });
