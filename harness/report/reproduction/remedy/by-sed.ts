import { quote } from '../../../runner/reference/job/shell-quote.ts';
import type { Mask } from '../../diagnosis/mask.ts';
import type { ChangedLine, FileChange } from './file-change.ts';

/** What stands beside a difference, in characters, so that it is found once in its line. */
const MOST_BESIDE = 60;

/**
 * The same change by sed, for a file whose changed lines hold secrets: only what differs is named.
 * @returns undefined where that cannot be said without a secret
 */
export function bySed({ path, lines }: FileChange, mask: Mask): string | undefined {
  const scripts = lines.map((each) => scriptFor(each, mask));
  if (!scripts.every((each) => each !== undefined)) return undefined;
  return ['sed -i', ...scripts.map((each) => `-e ${quoted(each)}`), quoted(path)].join(' ');
}

function scriptFor({ line, from, to }: ChangedLine, mask: Mask): string | undefined {
  const [first, ...more] = to;
  if (first === undefined) return `${line}d`;
  if (more.length > 0)
    return first === from && more.every((each) => mask(each) === each) ? appended(line, more) : undefined;
  const found = difference(from, first, mask);
  return found && `${line}s|${pattern(found.from)}|${replacement(found.to)}|`;
}

/** GNU sed takes one line of text behind `a`; a backslash keeps the blanks before it. */
const appended = (line: number, texts: readonly string[]): string =>
  `${line}a\\${texts.map((each) => each.replaceAll('\\', '\\\\')).join('\\\n')}`;

/** The part of a line that differs, with as much beside it as makes it the only one of its kind. */
function difference(
  one: string,
  other: string,
  mask: Mask,
): { readonly from: string; readonly to: string } | undefined {
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (
    end < one.length - start &&
    end < other.length - start &&
    one[one.length - 1 - end] === other[other.length - 1 - end]
  )
    end += 1;
  const [shownOne, shownOther] = [mask(one), mask(other)];
  for (let beside = 0; beside <= MOST_BESIDE; beside += 1) {
    const at = Math.max(0, start - beside);
    const [from, to] = [one.slice(at, one.length - end), other.slice(at, other.length - end)];
    if (from === '' || one.split(from).length !== 2) continue;
    // A part of a secret is one, too: what is named stands in the masked lines as it is.
    return shownOne.includes(from) && shownOther.includes(to) ? { from, to } : undefined;
  }
  return undefined;
}

const pattern = (text: string): string => text.replace(/[\\.*^$[\]|]/g, '\\$&');
const replacement = (text: string): string => text.replace(/[\\&|]/g, '\\$&');

/** As one word of a shell. */
export const quoted = (text: string): string => (/^[\w./:@=+-]+$/.test(text) ? text : quote(text));
