import { styleText } from 'node:util';

/** Puts colour on a text, or leaves it alone. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

export function painter(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}

/** Breaks a text into lines of at most `width` characters, at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(20, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    for (let rest = word; rest !== ''; rest = rest.slice(room)) {
      const piece = rest.slice(0, room);
      if (line !== '' && line.length + 1 + piece.length > room) {
        lines.push(line);
        line = '';
      }
      line = line === '' ? piece : `${line} ${piece}`;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** A label, and a text beside it that is wrapped in its own column. */
export function labelled(
  label: string,
  text: string,
  { width, indent = 2, column = 13 }: { width: number; indent?: number; column?: number },
): string[] {
  const lines = wrap(text, width - indent - column);
  return lines.map((line, index) => `${' '.repeat(indent)}${(index === 0 ? label : '').padEnd(column)}${line}`);
}

/** Takes out what would move a terminal's cursor or change its colours. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) =>
    character === '\t' ? ' ' : `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
}
