import { describe, expect, it } from 'vitest';
import { mutants } from '../../harness/runner/reference/index.ts';
import { findings } from './_findings/index.ts';
import { failedBy, ownScenarios, runsHere } from './_suite.ts';

const scenarios = (await ownScenarios()).filter(runsHere);

/**
 * Declares the tests of a part of the table: each mutant fails exactly the scenarios that name it, and may break invariants in others.
 * @param part from 0
 * @param parts how many files share the table, so that they run side by side
 */
export function mutantTable(part: number, parts: number): void {
  describe(`mutants, part ${part + 1} of ${parts}`, () => {
    for (const mutant of mutants.filter((_, index) => index % parts === part)) {
      it(`${mutant.name}: ${mutant.says}`, { timeout: 900_000 }, async () => {
        const named = scenarios.filter((each) => each.mutants.includes(mutant.name)).map((each) => each.id);
        const { failed, invariants } = await failedBy(mutant.name);
        const seen = [...failed.keys()].filter((id) => named.includes(id) || !invariants.has(id));
        expect(seen.sort(), [...failed.values()].join('\n')).toEqual(named.sort());
        for (const [id, finding] of Object.entries(findings[mutant.name] ?? {}))
          expect(failed.get(id)).toMatch(finding);
        expect(named.length, 'a mutant that nothing catches').toBeGreaterThan(0);
      });
    }
  });
}
