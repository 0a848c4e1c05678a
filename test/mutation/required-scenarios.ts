import { describe, expect, it } from 'vitest';
import { type Case, hasEngine, type ProfileName, profileNames } from '../../harness/conformance/index.ts';
import { isAskedIn, judgedCases, runReference } from '../mutants/_suite.ts';

/**
 * Those in simulated time, which start no engine and cost next to nothing: the ones of rate limits under the profiles that have other
 * rules than the one before, those of polling under the newest, since the profiles promise the same of it or more.
 */
function isAsked(each: Case, profile: ProfileName): boolean {
  if (hasEngine(each)) return false;
  if (each.id.startsWith('rate-limit/')) return isAskedIn(profile, each);
  return profile === profileNames.at(-1) && each.id.startsWith('polling/');
}

/** What a scenario costs, in milliseconds: the cheap ones come first, since the first to notice a change ends its trial. */
const costOf = (members: readonly Case[]): number =>
  members.reduce((sum, { scenario }) => sum + (scenario.work ?? 0), 0) + members.length;

/**
 * The tests that a mutant of the reference runner's sources must not survive: each is one scenario, in the cases that stand for all of
 * its own.
 */
for (const profile of profileNames) {
  const cases = (await judgedCases(profile)).filter((each) => isAsked(each, profile));
  // A suite without a test would be an error.
  if (cases.length === 0) continue;
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
