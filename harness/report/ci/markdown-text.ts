import { printable } from '../terminal/printable.ts';

/** What would be a mention, a reference or a formula in a comment, before a word. */
const REFERENCE = /([@#!~%$])(?=[\p{L}\p{N}{_])/gu;
const JOINER = '\u2060';

/** Words of elsewhere for a line of Markdown: they format nothing, and call nobody. */
export function markdownText(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim())
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|]/g, '\\$&')
    .replace(REFERENCE, `$1${JOINER}`);
}

/** The same as code, also in a table: there a bar would end the cell. */
export const markdownCode = (text: string): string =>
  `\`${printable(text.replace(/\s+/g, ' ').trim()).replaceAll('`', "'").replaceAll('|', '\\|')}\``;

/** A part that is folded until somebody opens it. */
export const markdownDetails = (title: string, lines: readonly string[]): string =>
  `<details><summary>${title}</summary>\n\n${lines.join('\n')}\n\n</details>`;
