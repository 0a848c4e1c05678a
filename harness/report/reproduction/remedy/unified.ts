import type { Mask } from '../../diagnosis/mask.ts';
import type { ChangedLine, FileChange } from './file-change.ts';

/** Lines before and after a change, as `diff -u` gives them. */
const CONTEXT = 3;
const NO_END = '\\ No newline at end of file';

/**
 * A file's change as `diff -u` writes it, and as `patch -p1` takes it. Secrets are masked; lines around a change that hold one are left
 * out, as a patch with them would not apply.
 */
export function unified(change: FileChange, mask: Mask): string {
  const { path, added, isRemoved } = change;
  const name = path.replace(/^\/+/, '');
  if (added)
    return [
      '--- /dev/null',
      `+++ b/${name}`,
      `@@ -0,0 +1,${added.length} @@`,
      ...added.map((each) => `+${mask(each)}`),
    ].join('\n');
  // What such a file holds is not handed back to those who have it.
  if (isRemoved) return `Only in a: ${name}`;
  return [`--- a/${name}`, `+++ b/${name}`, ...hunks(change, mask)].join('\n');
}

function hunks({ before, endsWhole, lines }: FileChange, mask: Mask): readonly string[] {
  const isOpen = (number: number): boolean => {
    const text = before[number - 1];
    return text !== undefined && mask(text) === text;
  };
  let shift = 0;
  return groups(lines).flatMap((group) => {
    const [first, last] = [group[0]?.line ?? 1, group.at(-1)?.line ?? 1];
    const [start, end] = [reach(first, -1, isOpen), reach(last, 1, isOpen)];
    const body: string[] = [];
    let put = 0;
    for (let number = start; number <= end; number += 1) {
      const changed = group.find(({ line }) => line === number);
      const isCut = number === before.length && !endsWhole;
      const text = mask(before[number - 1] ?? '');
      if (!changed) body.push(` ${text}`, ...(isCut ? [NO_END] : []));
      else body.push(...changedLines(changed, isCut, mask));
      put += changed ? changed.to.length : 1;
    }
    const taken = end - start + 1;
    const head = `@@ -${range(start, taken)} +${range(start + shift, put)} @@`;
    shift += put - taken;
    return [head, ...body];
  });
}

/** A line to which others are added stays as it is, where it has its end. */
function changedLines({ from, to }: ChangedLine, isCut: boolean, mask: Mask): readonly string[] {
  const stays = to[0] === from && !isCut;
  const put = (stays ? to.slice(1) : to).map((each) => `+${mask(each)}`);
  return [`${stays ? ' ' : '-'}${mask(from)}`, ...(isCut ? [NO_END] : []), ...put];
}

/** A hunk that puts nothing stands behind the line before it. */
const range = (start: number, length: number): string =>
  length === 1 ? String(start) : `${length === 0 ? start - 1 : start},${length}`;

/** Changes whose surroundings meet stand in one hunk. */
function groups(lines: readonly ChangedLine[]): readonly (readonly ChangedLine[])[] {
  const found: ChangedLine[][] = [];
  for (const each of lines) {
    const last = found.at(-1);
    if (last && each.line - (last.at(-1)?.line ?? 0) <= 2 * CONTEXT) last.push(each);
    else found.push([each]);
  }
  return found;
}

/** How far the lines around a change may be shown. */
function reach(from: number, step: 1 | -1, isOpen: (line: number) => boolean): number {
  let at = from;
  while (Math.abs(at + step - from) <= CONTEXT && isOpen(at + step)) at += step;
  return at;
}
