const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
  s: ' ',
};

/** A value split into words, or why systemd drops the line. */
export type Words = { readonly words: readonly string[] } | { readonly dropped: string };

/** One word of a value. */
export interface Word {
  /** Quotes and escapes undone. */
  readonly text: string;
  /** Where it begins in the value, and where it ends. */
  readonly from: number;
  readonly to: number;
  /** Whether all of it stands in one pair of quotation marks. */
  readonly quoted: boolean;
}

/** Why systemd does not read a value to its end. */
export interface BrokenWord {
  readonly why: string;
  readonly kind: 'escape' | 'quote';
  /** Where the word begins that is not read. */
  readonly from: number;
}

/**
 * Splits a value as systemd does for `Environment=`: at white space, with quotes and C-style escapes undone.
 * Source: systemd.syntax(7), “Quoting”.
 */
export function splitWords(value: string): Words {
  const { words, broken } = wordsOf(value);
  return broken ? { dropped: broken.why } : { words: words.map(({ text }) => text) };
}

/** The words of a value; where one cannot be read those before it, which systemd keeps. */
export function wordsOf(value: string): { readonly words: readonly Word[]; readonly broken?: BrokenWord } {
  const words: Word[] = [];
  let word: string | undefined;
  let from = 0;
  let quote: string | undefined;
  const end = (to: number): void => {
    if (word !== undefined) words.push({ text: word, from, to, quoted: isQuoted(value.slice(from, to)) });
    word = undefined;
  };
  for (let at = 0; at < value.length; at += 1) {
    const char = value.charAt(at);
    if (word === undefined && quote === undefined && !/\s/.test(char)) from = at;
    if (char === '\\') {
      const found = unescaped(value.slice(at + 1, at + 12));
      if (!found) {
        const why = `\\${value.charAt(at + 1)} is no escape that systemd knows`;
        return { words, broken: { why, kind: 'escape', from } };
      }
      word = (word ?? '') + found.text;
      at += found.length;
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) end(at);
    else word = (word ?? '') + char;
  }
  if (quote !== undefined) return { words, broken: { why: 'a quotation mark is not closed', kind: 'quote', from } };
  end(value.length);
  return { words };
}

const isQuoted = (raw: string): boolean => /^(?:"[^"]*"|'[^']*')$/.test(raw);

function unescaped(rest: string): { text: string; length: number } | undefined {
  const simple = ESCAPES[rest.charAt(0)];
  if (simple !== undefined) return { text: simple, length: 1 };
  const [hex] = /^(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/.exec(rest) ?? [];
  if (hex !== undefined) return codePoint(Number.parseInt(hex.slice(1), 16), hex.length);
  const [octal] = /^[0-7]{3}/.exec(rest) ?? [];
  return octal === undefined ? undefined : codePoint(Number.parseInt(octal, 8), 3);
}

const codePoint = (code: number, length: number): { text: string; length: number } | undefined =>
  code > 0 && code <= 0x10ffff ? { text: String.fromCodePoint(code), length } : undefined;
