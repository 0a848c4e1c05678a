import { fewestSets } from './fewest-sets.ts';
import { meaning, scenarioIdOf } from './glob.ts';
import { PatternCandidates } from './pattern-candidates.ts';

/** What a pattern is held against: a case, or what became of one. */
interface Identified {
  readonly id: string;
}

/**
 * The fewest patterns of the command line that together mean exactly some of all cases: each chosen one, and none of the
 * others. Of several that mean the same it takes the one with the fewest wildcards, then the shortest. As on the command
 * line, a scenario's id alone means all of its cases, and `id[]` the one with every axis at its default.
 * @param chosen what the patterns are to mean
 * @param all every case that there is, or at least those that a pattern must not mean
 * @returns the patterns, in the order of the cases; none for none
 * @throws Error when no pattern means a case without meaning others: a value of its axes is itself a wildcard
 */
export function shortestPatterns(chosen: readonly Identified[], all: readonly Identified[]): readonly string[] {
  const wanted = new Set(chosen.map(({ id }) => id));
  if (wanted.size === 0) return [];
  const ids = [...new Set([...wanted, ...all.map(({ id }) => id)])];
  const others = ids.filter((id) => !wanted.has(id));
  const candidates = new PatternCandidates(ids);
  // Most patterns mean cases of one scenario: the fewest of each are found alone, then those that mean several are tried.
  const within = [...Map.groupBy(wanted, scenarioIdOf)].flatMap(([scenario, own]) =>
    fewest(own, others, candidates.within(scenario, own)),
  );
  if (within.length === 1) return within;
  return fewest([...wanted], others, [...within, ...candidates.across([...wanted])]);
}

function fewest(wanted: readonly string[], others: readonly string[], candidates: Iterable<string>): readonly string[] {
  const order = new Map(wanted.map((id, index) => [id, index]));
  const sets = [...candidates].toSorted(simplerFirst).flatMap((pattern) => {
    const means = meaning(pattern);
    if (others.some(means)) return [];
    const covers = wanted.filter(means).map((id) => order.get(id) ?? 0);
    return covers.length === 0 ? [] : [{ name: pattern, covers }];
  });
  const covered = new Set(sets.flatMap(({ covers }) => covers));
  const lost = wanted.find((_, index) => !covered.has(index));
  if (lost !== undefined)
    throw new Error(`No pattern means ${lost} alone: a value in it is itself a wildcard. Rename it.`);
  return fewestSets(wanted.length, sets)
    .toSorted((a, b) => (a.covers[0] ?? 0) - (b.covers[0] ?? 0))
    .map(({ name }) => name);
}

const wildcards = (pattern: string): number => pattern.match(/\*\*|\*|\?/g)?.length ?? 0;

const simplerFirst = (a: string, b: string): number =>
  wildcards(a) - wildcards(b) || a.length - b.length || (a < b ? -1 : 1);
