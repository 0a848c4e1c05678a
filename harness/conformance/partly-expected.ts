import type { CaseOutcome, PartlyExpected } from './outcome.ts';
import { withoutRepetition } from './repetition.ts';
import { shortestPatterns } from './shortest-patterns.ts';

/**
 * The entries of an expectations file that mean cases which are as they say, and others which are not: what to write instead.
 * @param cases all that there are under the profile, so that no pattern means one that nobody looked at
 */
export function partlyExpected(
  outcomes: readonly CaseOutcome[],
  cases: readonly { readonly id: string }[],
): readonly PartlyExpected[] {
  const decided = outcomes.filter(({ outcome }) => outcome !== 'skip');
  const entries = Map.groupBy(decided, ({ expectation }) => expectation?.entry);
  return [...entries].flatMap(([entry, members]) => {
    const expected = members[0]?.expectation?.outcome;
    if (entry === undefined || expected === undefined) return [];
    const asSaid = members.filter(({ outcome }) => outcome === expected);
    if (asSaid.length === 0 || asSaid.length === members.length) return [];
    // A case of which one repetition is otherwise is none that a pattern could mean.
    const others = new Set(members.filter((each) => !asSaid.includes(each)).map(({ id }) => withoutRepetition(id)));
    const fit = asSaid.map(({ id }) => ({ id: withoutRepetition(id) })).filter(({ id }) => !others.has(id));
    const all = [...cases, ...outcomes.map(({ id }) => ({ id: withoutRepetition(id) }))];
    return [{ entry, expected, fits: asSaid.length, of: members.length, patterns: shortestPatterns(fit, all) }];
  });
}
