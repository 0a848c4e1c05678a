import { describe, expect, it } from 'vitest';
import { type Case, hasEngine } from '../../harness/conformance/index.ts';
import { judgedCases, runReference } from '../mutants/_suite.ts';

/** Those in simulated time, which start no program and cost next to nothing. */
const isCheap = (each: Case): boolean => !hasEngine(each) && /^(polling|rate-limit)\//.test(each.id);

/** What a scenario costs, in milliseconds: the cheap ones come first, since the first to notice a change ends its trial. */
const costOf = (members: readonly Case[]): number =>
  members.reduce((sum, { scenario }) => sum + (scenario.work ?? 0), 0) + members.length;

/**
 * The tests that a mutant of the reference runner's sources must not survive: each is one scenario, in the cases that stand for all of
 * its own.
 */
for (const profile of ['14.10', '18.3'] as const) {
  const cases = (await judgedCases(profile)).filter(isCheap);
  describe(`profile ${profile}`, () => {
    const scenarios = [...Map.groupBy(cases, ({ scenario }) => scenario.id)];
    for (const [id, members] of scenarios.sort(([, a], [, b]) => costOf(a) - costOf(b))) {
      it(id, async () => {
        const outcomes = await runReference(members, profile);
        const wrong = outcomes.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'info');
        expect(wrong.map((each) => `${each.id}: ${each.outcome}: ${each.reason}`)).toEqual([]);
      });
    }
  });
}
