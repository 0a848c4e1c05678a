import { styleText } from 'node:util';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Puts colour on a text, or leaves it alone. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

export function painter(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}

/** Breaks a text into lines of at most `width` columns, at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  return wrapAnsi(text.replace(/\s+/g, ' ').trim(), Math.max(20, width), { hard: true }).split('\n');
}

/** Cuts a text to so many columns; a character of Chinese takes two of them, an accent none. */
export function cutColumns(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  let room = Math.max(1, columns - 1);
  for (const { segment } of graphemes.segment(text)) {
    room -= stringWidth(segment);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Fills a text up with spaces to so many columns. */
export const pad = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - stringWidth(text)));

/** A label, and a text beside it that is wrapped in its own column. */
export function labelled(
  label: string,
  text: string,
  { width, indent = 2, column = 13 }: { width: number; indent?: number; column?: number },
): string[] {
  const lines = wrap(text, width - indent - column);
  return lines.map((line, index) => `${' '.repeat(indent)}${pad(index === 0 ? label : '', column)}${line}`);
}
