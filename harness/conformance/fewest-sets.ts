/** Something with a name that covers some of the numbers from 0 on. */
interface Covering {
  readonly name: string;
  /** In ascending order. */
  readonly covers: readonly number[];
}

/** How many choices the search for fewer sets looks at: more than the sets of a scenario need, and over in a moment. */
const MOST_CHOICES = 20_000;

/**
 * The fewest of some sets that together cover all numbers below a count. Where the search would take too long it is what was
 * found by then: no set of it can be left out, but others might be fewer.
 * @param sets of those that cover the same, the one that comes first is taken
 * @throws Error when all of them together leave one out
 */
export function fewestSets(count: number, sets: readonly Covering[]): readonly Covering[] {
  const useful = undominated(sets);
  const byNumber = Array.from({ length: count }, (_, number) => useful.filter(({ covers }) => covers.includes(number)));
  const missing = byNumber.findIndex((of) => of.length === 0);
  if (missing >= 0) throw new Error(`None of ${sets.length} sets covers number ${missing}.`);
  let best = greedy(count, useful);
  let choices = 0;
  const largest = Math.max(1, ...useful.map(({ covers }) => covers.length));
  const search = (taken: readonly Covering[], open: ReadonlySet<number>): void => {
    if (open.size === 0) {
      if (taken.length < best.length) best = taken;
      return;
    }
    if (taken.length + Math.ceil(open.size / largest) >= best.length || choices > MOST_CHOICES) return;
    // The number with the fewest sets leaves the fewest ways to go.
    const [hardest = 0] = [...open].toSorted((a, b) => (byNumber[a]?.length ?? 0) - (byNumber[b]?.length ?? 0));
    for (const each of byNumber[hardest] ?? []) {
      choices += 1;
      search([...taken, each], open.difference(new Set(each.covers)));
    }
  };
  search([], new Set(Array.from({ length: count }, (_, number) => number)));
  return best;
}

/** Without those that cover nothing that another one does not. */
function undominated(sets: readonly Covering[]): readonly Covering[] {
  const bySize = sets.toSorted((a, b) => b.covers.length - a.covers.length);
  const kept: { readonly each: Covering; readonly numbers: ReadonlySet<number> }[] = [];
  for (const each of bySize) {
    if (!kept.some(({ numbers }) => each.covers.every((number) => numbers.has(number))))
      kept.push({ each, numbers: new Set(each.covers) });
  }
  return kept.map(({ each }) => each);
}

/** Always the one that covers most of what is left; then without those that later ones made needless. */
function greedy(count: number, sets: readonly Covering[]): readonly Covering[] {
  const open = new Set(Array.from({ length: count }, (_, number) => number));
  const taken: Covering[] = [];
  const gain = ({ covers }: Covering): number => covers.filter((number) => open.has(number)).length;
  while (open.size > 0) {
    const best = sets.reduce((most, each) => (gain(each) > gain(most) ? each : most));
    taken.push(best);
    for (const number of best.covers) open.delete(number);
  }
  return taken.reduceRight<readonly Covering[]>((kept, each) => {
    const rest = new Set(kept.filter((other) => other !== each).flatMap(({ covers }) => covers));
    return each.covers.every((number) => rest.has(number)) ? kept.filter((other) => other !== each) : kept;
  }, taken);
}
