import type { CaseOutcome } from '../../conformance/outcome.ts';
import { behaviourOf, type Deed, turnOf } from '../matrix/behaviour.ts';

/** What a version did in some cases, each as often as it was repeated. Cases of which nothing is known are left out. */
export type Observed = ReadonlyMap<string, readonly Deed[]>;

/** The id of a case without the number of its repetition. */
export const plainId = (id: string): string => id.replace(/\[repeat=\d+\]$/, '');

/** Puts repetitions of a case together. */
export function observedIn(outcomes: readonly CaseOutcome[]): Observed {
  const known = outcomes.flatMap((outcome) => {
    const behaviour = behaviourOf(outcome);
    return behaviour ? [{ id: plainId(outcome.id), behaviour }] : [];
  });
  const byCase = Map.groupBy(known, ({ id }) => id);
  return new Map([...byCase].map(([id, members]) => [id, members.map(({ behaviour }) => behaviour)]));
}

/** The cases in which one version did something that the other never did. */
export const otherwise = (before: Observed, after: Observed): readonly string[] =>
  [...after.keys()].filter((id) => {
    const usual = before.get(id);
    return usual && after.get(id)?.some((each) => usual.every((known) => turnOf(known, each) !== undefined));
  });

/** The cases in which a version did not do the same every time. */
export const unstable = (observed: Observed): readonly string[] =>
  [...observed.keys()].filter((id) => {
    const [first, ...others] = observed.get(id) ?? [];
    return first && others.some((each) => turnOf(first, each) !== undefined);
  });
