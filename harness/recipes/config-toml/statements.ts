import { TomlScan, type TomlText } from './scan.ts';

/** An inline table's `key = value`, in its order. */
export interface TomlPair {
  readonly key: string;
  readonly line: number;
  readonly value: TomlValue;
}

export type TomlValue = TomlText | { readonly items: readonly TomlValue[] } | { readonly pairs: readonly TomlPair[] };

/** `key = value` with the table that the last header above it opens. */
export interface TomlStatement extends TomlPair {
  /** Such as `runners.docker`, in lower case; empty before the first header. */
  readonly table: string;
  /** Which of the file's headers that is, from 0; -1 before the first one. */
  readonly header: number;
}

export interface TomlHeader {
  readonly table: string;
  /** Of `[[…]]`. */
  readonly many: boolean;
  readonly line: number;
}

export interface TomlStatements {
  readonly headers: readonly TomlHeader[];
  readonly statements: readonly TomlStatement[];
}

const HEADER = /^(\[\[?)([^\]#]*)\]/;
const KEY = /^((?:"[^"\n]*"|'[^'\n]*'|[\w-]+)(?:[ \t]*\.[ \t]*(?:"[^"\n]*"|'[^'\n]*'|[\w-]+))*)[ \t]*=/;

/**
 * Takes a TOML file apart with the lines of all that it says, whether or not it is valid: a missing comma, quotation mark
 * or bracket costs what stands behind it on the line, and no more. Nothing is judged; a parser of TOML does that.
 */
export function tomlStatements(text: string): TomlStatements {
  const scan = new TomlScan(text);
  const headers: TomlHeader[] = [];
  const statements: TomlStatement[] = [];
  while (!scan.ended) {
    scan.skip();
    const { line } = scan;
    const header = scan.take(HEADER);
    const key = header ? undefined : scan.take(KEY)?.[1];
    if (header) headers.push({ table: path(header[2] ?? ''), many: header[1] === '[[', line });
    else if (key !== undefined) {
      const { table = '' } = headers.at(-1) ?? {};
      statements.push({ table, header: headers.length - 1, key: unquoted(key), line, value: valueAt(scan, 0) });
    } else scan.toNextLine();
  }
  return { headers, statements };
}

const unquoted = (key: string): string =>
  key
    .split('.')
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .join('.');
const path = (header: string): string => unquoted(header).toLowerCase();

/** How deep arrays lie in each other at most; what is deeper is left out. */
const MOST_DEPTH = 20;

function valueAt(scan: TomlScan, depth: number): TomlValue {
  scan.blanks();
  if (depth < MOST_DEPTH && scan.has('[')) return { items: items(scan, depth) };
  if (depth < MOST_DEPTH && scan.has('{')) return { pairs: pairs(scan, depth) };
  return scan.text();
}

function items(scan: TomlScan, depth: number): TomlValue[] {
  const found: TomlValue[] = [];
  scan.step();
  for (;;) {
    scan.skip();
    // A bracket that was forgotten: the next line is a header or a key.
    if (scan.ended || scan.take(/^\]/) || (scan.atLineStart && scan.looksLike(KEY, HEADER))) return found;
    if (scan.take(/^,/)) continue;
    const value = valueAt(scan, depth + 1);
    if (!('text' in value) || value.text !== '' || value.quoted) found.push(value);
    else scan.step();
    if (scan.full) return found;
  }
}

function pairs(scan: TomlScan, depth: number): TomlPair[] {
  const found: TomlPair[] = [];
  scan.step();
  for (;;) {
    scan.blanks();
    if (scan.ended || scan.take(/^\}/) || scan.has('\n')) return found;
    const { line } = scan;
    const key = scan.take(KEY)?.[1];
    if (key !== undefined) found.push({ key: unquoted(key), line, value: valueAt(scan, depth + 1) });
    else scan.step();
  }
}
