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

/**
 * Splits a value as systemd does for `Environment=`: at white space, with quotes and C-style escapes undone.
 * Source: systemd.syntax(7), “Quoting”.
 */
export function splitWords(value: string): Words {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < value.length; at += 1) {
    const char = value.charAt(at);
    if (char === '\\') {
      const found = unescaped(value.slice(at + 1));
      if (!found) return { dropped: `\\${value.charAt(at + 1)} is no escape that systemd knows` };
      word = (word ?? '') + found.text;
      at += found.length;
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote !== undefined) return { dropped: 'a quotation mark is not closed' };
  if (word !== undefined) words.push(word);
  return { words };
}

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
