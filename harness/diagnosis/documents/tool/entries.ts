import type { Piece, ToolDocument } from '../document.ts';

/** The longest line that is looked at. */
const MOST = 4096;

export type Entries = ToolDocument['entries'];

/**
 * Lines of `key = value`, `key: value` or `key value`; sections, if there are any, stand before the key with a dot.
 * @param pattern its first group is the key, its second one the value
 */
export function lineEntries({ file, skipped, text }: Piece, pattern: RegExp, comment = /^\s*[#;]/): Entries {
  let section = '';
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.length > MOST || comment.test(line)) return [];
    const header = /^\s*\[([^\]]+)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) {
      section = `${header.replace(/^(\w+)\s+"(.*)"$/, '$1.$2')}.`;
      return [];
    }
    const [, key, value = ''] = pattern.exec(line) ?? [];
    return key === undefined
      ? []
      : [{ file, line: skipped + index + 1, key: `${section}${key}`, value: unquoted(value.trim()) }];
  });
}

export const unquoted = (value: string): string => /^(["'])(.*)\1;?$/.exec(value)?.[2] ?? value;
