import type { CaseOutcome } from '../../../conformance/outcome.ts';
import type { Concerns } from '../comparison.ts';
import { FACTS } from './facts.ts';
import type { SetUp } from './set-up.ts';

/**
 * Which cases may concern a set-up. One is left out for a value of an axis only where the same scenario has a case with a value that
 * the set-up has: what was tried behind one proxy alone may hold for all of them.
 * @param outcomes of both runs
 */
export function concernsOf(setUp: SetUp, outcomes: readonly CaseOutcome[]): Concerns {
  const tried = new Map<string, Set<string>>();
  for (const { scenario, axes } of outcomes) {
    for (const [name, value] of Object.entries(axes)) {
      const key = `${scenario} ${name}`;
      tried.set(key, (tried.get(key) ?? new Set()).add(value));
    }
  }
  return (each) => byFact(each, setUp) ?? byAxis(each, setUp, tried);
}

function byFact(each: CaseOutcome, setUp: SetUp): string | undefined {
  for (const { name, without, about } of FACTS) {
    const values = [...(setUp.get(name) ?? [])];
    const reasons = values.map((value) => without[value]);
    if (values.length > 0 && reasons.every((reason) => reason !== undefined) && about(each)) return reasons[0];
  }
  return undefined;
}

function byAxis(
  { scenario, axes }: CaseOutcome,
  setUp: SetUp,
  tried: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  for (const [name, value] of Object.entries(axes)) {
    const wanted = setUp.get(name);
    if (!wanted || wanted.has(value)) continue;
    const others = tried.get(`${scenario} ${name}`);
    if ([...wanted].some((each) => others?.has(each))) return `your ${name} is ${[...wanted].join(' or ')}`;
  }
  return undefined;
}
