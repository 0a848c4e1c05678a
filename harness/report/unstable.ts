import type { CaseOutcome, UnstableCase } from '../conformance/outcome.ts';
import { withoutRepetition } from '../conformance/repetition.ts';
import { sameValue } from './measured/index.ts';

/**
 * Cases of which a repetition came out otherwise than another one: with another outcome, or, for a check, with another answer, by value.
 * What was skipped says nothing.
 */
export function unstableCases(outcomes: readonly CaseOutcome[]): readonly UnstableCase[] {
  const repeated = outcomes.filter(({ id, outcome }) => outcome !== 'skip' && withoutRepetition(id) !== id);
  return [...Map.groupBy(repeated, ({ id }) => withoutRepetition(id))].flatMap(([id, members]) => {
    const groups = alike(members);
    if (groups.length < 2) return [];
    const differs = new Set(members.map(({ outcome }) => outcome)).size > 1 ? 'outcome' : 'answer';
    const came = groups.flatMap((group) => {
      const [first] = group;
      return first ? [{ outcome: first.outcome, times: group.length, case: first.id, says: first.reason }] : [];
    });
    return [{ id, differs, came }];
  });
}

/** Repetitions by what they came to, the most frequent first. */
function alike(members: readonly CaseOutcome[]): readonly (readonly CaseOutcome[])[] {
  const groups: CaseOutcome[][] = [];
  for (const each of members) {
    const group = groups.find(([first]) => first !== undefined && isSame(first, each));
    if (group) group.push(each);
    else groups.push([each]);
  }
  return groups.toSorted((a, b) => b.length - a.length);
}

const isSame = (one: CaseOutcome, other: CaseOutcome): boolean =>
  one.outcome === other.outcome && (one.outcome !== 'info' || sameValue(one.reason, other.reason));
