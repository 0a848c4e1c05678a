import type { TextView } from './view.ts';

/** An end of a line, with the spaces that begin the next one: a folded header, wrapped Base64, an indented block. */
const BREAK = /\r?\n[ \t]*/g;

/** A text as one line, without the way back to its lines. */
export const unwrappedText = (text: string): string => text.replace(BREAK, '');

/** A text as one line, in which a secret that was broken into several is whole. */
export function unwrapped(text: string): TextView {
  let whole = '';
  const from: number[] = [];
  let at = 0;
  const pass = (until: number): void => {
    whole += text.slice(at, until);
    for (; at < until; at++) from.push(at);
  };
  for (const { index, 0: gap } of text.matchAll(BREAK)) {
    pass(index);
    at = index + gap.length;
  }
  pass(text.length);
  from.push(text.length);
  return { text: whole, from };
}
