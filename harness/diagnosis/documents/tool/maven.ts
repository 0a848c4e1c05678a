import type { Piece } from '../document.ts';
import type { Entries } from './entries.ts';

/** The longest line that is looked at. */
const MOST = 64 * 1024;

/** The proxies and mirrors of Maven's settings.xml: `proxy.1.host` is the host of the first `<proxy>`. Remarks are left out. */
export function mavenEntries({ file, skipped, text }: Piece): Entries {
  const found: Entries[number][] = [];
  const plain = text.replace(/<!--[\s\S]*?(?:-->|$)/g, (remark) => remark.replace(/[^\n]/g, ' '));
  let block: string | undefined;
  const count = { proxy: 0, mirror: 0 };
  for (const [index, line] of plain.split('\n').entries()) {
    for (const [, open, close, key, value = ''] of line
      .slice(0, MOST)
      .matchAll(/<(proxy|mirror)>|<\/(proxy|mirror)>|<([\w.]+)>([^<]*)<\//g)) {
      if (open === 'proxy' || open === 'mirror') {
        count[open] += 1;
        block = `${open}.${count[open]}`;
      } else if (close !== undefined) block = undefined;
      else if (key !== undefined && block !== undefined)
        found.push({ file, line: skipped + index + 1, key: `${block}.${key}`, value: value.trim() });
    }
  }
  return found;
}
