/**
 * How many of a list come before a number or with it: where those after it begin.
 * @param all in the order of their numbers
 */
export function placeAfter(all: readonly { readonly seq: number }[], seq: number): number {
  let [from, to] = [0, all.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((all[middle]?.seq ?? 0) <= seq) from = middle + 1;
    else to = middle;
  }
  return from;
}
