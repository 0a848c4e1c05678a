import type { Piece } from '../document.ts';
import { type Entries, unquoted } from './entries.ts';

/** The longest line that is looked at. */
const MOST = 4096;

/** apt.conf(5): `Acquire::http::Proxy "…";`, or the same in nested braces. Comments begin with `//` or `#`. */
export function aptEntries({ file, skipped, text }: Piece): Entries {
  const found: Entries[number][] = [];
  const scopes: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw
      .slice(0, MOST)
      .replace(/^\s*(?:\/\/|#).*$/, '')
      .replace(/\s\/\/.*$/, '');
    for (const [, open, close, key, value] of line.matchAll(
      /(?<![\w:/.-])([\w:/-]+)\s*\{|(\})|(?<![\w:/.-])([\w:/.-]+)\s+("[^"]*"|'[^']*'|[^\s;{}]+)\s*;?/g,
    )) {
      if (open !== undefined) scopes.push(open);
      else if (close !== undefined) scopes.pop();
      else if (key !== undefined && value !== undefined)
        found.push({ file, line: skipped + index + 1, key: [...scopes, key].join('::'), value: unquoted(value) });
    }
  }
  return found;
}
