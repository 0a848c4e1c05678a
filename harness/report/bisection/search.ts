/** Where a list changes its ways. */
export interface Change<T> {
  /** The last that behaves as the first of the list. */
  readonly last: T;
  /** The first that behaves otherwise. */
  readonly first: T;
  /** Those between the two, which say nothing. */
  readonly unknown: readonly T[];
}

/**
 * Finds the first of a list that behaves otherwise than its beginning, by halves: in ⌈log₂ n⌉ looks, or more where some say
 * nothing.
 * @param list in order; its first behaves in the old way, its last otherwise
 * @param isOther looks at one of those between them; undefined when it says nothing
 */
export async function findChange<T>(
  list: readonly T[],
  isOther: (each: T) => Promise<boolean | undefined>,
): Promise<Change<T>> {
  const unknown = new Set<number>();
  let [low, high] = [0, list.length - 1];
  for (;;) {
    const next = nearestToMiddle(low, high, unknown);
    if (next === undefined) break;
    const other = await isOther(list[next] as T);
    if (other === undefined) unknown.add(next);
    else if (other) high = next;
    else low = next;
  }
  return { last: list[low] as T, first: list[high] as T, unknown: list.slice(low + 1, high) };
}

function nearestToMiddle(low: number, high: number, unknown: ReadonlySet<number>): number | undefined {
  const middle = (low + high) / 2;
  const left = Array.from({ length: Math.max(0, high - low - 1) }, (_, index) => low + 1 + index);
  const open = left.filter((each) => !unknown.has(each));
  return open.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
}
