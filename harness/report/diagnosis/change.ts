/** What stands before the first difference, in characters, where a line is too long to be shown whole. */
const BEFORE = 40;

/**
 * The lines before and after a change, cut to the part that differs.
 * @param before masked
 * @param after masked; of several lines each
 * @param width columns that a line may have
 * @returns undefined when nothing that may be shown differs
 */
export function change(
  before: string | undefined,
  after: readonly string[],
  width: number,
): { readonly taken: readonly string[]; readonly put: readonly string[] } | undefined {
  const taken = before === undefined ? [] : [before.replaceAll('\t', ' ')];
  const put = after.map((each) => each.replaceAll('\t', ' '));
  if (taken.length === put.length && taken.every((each, index) => each === put[index])) return undefined;
  const start = differsAt(taken[0] ?? '', put[0] ?? '');
  const from = [...taken, ...put].some((each) => each.length > width) && start > width - BEFORE ? start - BEFORE : 0;
  const cut = (line: string): string => {
    const shown = from > 0 ? `…${line.slice(from)}` : line;
    return shown.length > width ? `${shown.slice(0, width - 1)}…` : shown;
  };
  return { taken: taken.map(cut), put: put.map(cut) };
}

function differsAt(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}
