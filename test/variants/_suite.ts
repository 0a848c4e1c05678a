import { describe, expect, it } from 'vitest';
import { type Case, profileNames } from '../../harness/conformance/index.ts';
import { isAskedIn, judgedCases, runReference } from '../mutants/_suite.ts';
import type { Variant } from './_variant.ts';

/**
 * Declares the tests of variants: none may fail a required scenario, nor be blocked or in error there. One that is recommended
 * may be missed.
 * @param concerns which cases they could fail, by scenario
 */
export function variantTable(variants: readonly Variant[], concerns: (each: Case) => boolean): void {
  describe('a right runner of another kind fails nothing that is required', () => {
    for (const { name, says, varies, profiles = profileNames } of variants) {
      it(`${name}: ${says}`, { timeout: 300_000 }, async () => {
        let asked = 0;
        for (const profile of profiles) {
          const cases = (await judgedCases(profile)).filter(
            (each) => each.level === 'R' && concerns(each) && isAskedIn(profile, each),
          );
          asked += cases.length;
          if (cases.length === 0) continue;
          const outcomes = await runReference(cases, profile, { varies });
          const discontent = outcomes.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skip');
          expect(discontent.map(({ id, outcome, reason }) => `${profile} ${id}: ${outcome}: ${reason}`)).toEqual([]);
        }
        expect(asked).toBeGreaterThan(0);
      });
    }
  });
}
