import { ENTITIES } from './entities.ts';
import type { TextView } from './view.ts';

/**
 * Every way in which one character is written as several: percent-encoding in either case and at any depth (RFC 3986
 * section 2.1), JSON's escapes at any depth (RFC 8259 section 7, Go's \u0026 and \/ among them), \xHH, and entities of HTML.
 */
const ESCAPES =
  /%(?:25)*([0-9a-f]{2})|\\+u(d[89ab][0-9a-f]{2})\\+u(d[c-f][0-9a-f]{2})|\\+u([0-9a-f]{4})|\\+x([0-9a-f]{2})|\\+([bfnrt"'/])|\\+|&(?:amp;)*(?:#0*(\d{1,7})|#x0*([0-9a-f]{1,6})|([a-z]+[0-9]*));/gi;
const HINT = /%[0-9a-f]{2}|\\|&[#a-z][a-z0-9;]{1,31};/i;
const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Texts in texts in texts: deeper than this nobody writes them. */
const DEEPEST = 4;

/** Whether a text may be other than its canonical form. */
export const isEscaped = (text: string): boolean => HINT.test(text);

/** UTF-8 bytes, a character each, so that what is percent-encoded and what is not look alike. */
export const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Whether a text has nothing but ASCII: then its bytes are its characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what ASCII is.
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

/** The canonical form without the way back to the original, which is made where something was found. */
export function canonicalText(text: string, bytes = false): string {
  let whole = bytes || isAscii(text) ? text : asBytes(text);
  for (let depth = 0; depth < DEEPEST && HINT.test(whole); depth++) {
    const next = whole.replace(ESCAPES, (...match) => decoded(match as unknown as RegExpExecArray) ?? String(match[0]));
    if (next === whole) break;
    whole = next;
  }
  return whole;
}

/**
 * The form in which two texts are the same when one is the other escaped, in whatever way and in whichever part.
 * @param bytes whether the text is bytes already, a character each
 */
export function canonical(text: string, bytes = false): TextView {
  let view = bytes ? plain(text) : utf8(text);
  for (let depth = 0; depth < DEEPEST && HINT.test(view.text); depth++) {
    const next = unescaped(view);
    if (next.text === view.text) break;
    view = next;
  }
  return view;
}

const plain = (text: string): TextView => ({ text, from: Array.from({ length: text.length + 1 }, (_, at) => at) });

function utf8(text: string): TextView {
  if (isAscii(text)) return plain(text);
  let whole = '';
  const from: number[] = [];
  let at = 0;
  for (const character of text) {
    const bytes = character < '\u0080' ? character : asBytes(character);
    for (let each = 0; each < bytes.length; each++) from.push(at);
    whole += bytes;
    at += character.length;
  }
  from.push(text.length);
  return { text: whole, from };
}

function unescaped({ text, from }: TextView): TextView {
  let whole = '';
  const origin: number[] = [];
  let at = 0;
  const pass = (until: number): void => {
    whole += text.slice(at, until);
    for (; at < until; at++) origin.push(from[at] ?? 0);
  };
  for (const match of text.matchAll(ESCAPES)) {
    const character = decoded(match);
    if (character === undefined) continue;
    pass(match.index);
    for (let each = 0; each < character.length; each++) origin.push(from[at] ?? 0);
    whole += character;
    at = match.index + match[0].length;
  }
  pass(text.length);
  origin.push(from[text.length] ?? 0);
  return { text: whole, from: origin };
}

function decoded(match: RegExpExecArray): string | undefined {
  const [, percent, high, low, unit, byte, control, decimal, hexadecimal, name] = match;
  if (percent !== undefined) return String.fromCharCode(Number.parseInt(percent, 16));
  if (high !== undefined && low !== undefined) {
    return asBytes(String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)));
  }
  const code = unit ?? byte;
  if (code !== undefined) return asBytes(String.fromCharCode(Number.parseInt(code, 16)));
  if (control !== undefined) return CONTROLS[control.toLowerCase()] ?? control;
  if (decimal !== undefined) return ofCodePoint(Number(decimal));
  if (hexadecimal !== undefined) return ofCodePoint(Number.parseInt(hexadecimal, 16));
  // Whether a backslash stands for itself or begins what comes next cannot be told at any depth: without all, both are alike.
  if (name === undefined) return '';
  const named = ENTITIES.get(name) ?? ENTITIES.get(name.toLowerCase());
  if (named !== undefined) return asBytes(named);
  // No entity, but the & before it was one.
  const whole = match[0];
  return /^&amp;/i.test(whole) ? whole.replace(/^&(?:amp;)+/i, '&') : undefined;
}

const ofCodePoint = (code: number): string | undefined =>
  code > 0 && code <= 0x10_ff_ff ? asBytes(String.fromCodePoint(code)) : undefined;
