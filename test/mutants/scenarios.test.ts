import { describe, expect, it } from 'vitest';
import { type Case, expand, findRequirement, requirements } from '../../harness/conformance/index.ts';
import { findMutant } from '../../harness/runner/reference/index.ts';
import { controlledWithEngine, isSpoiled, judgedCases, ownScenarios, runReference, withFault } from './_suite.ts';

const scenarios = await ownScenarios();

describe('the register and the scenarios', () => {
  it('has a scenario for every requirement', () => {
    expect(scenarios.map((each) => each.id).sort()).toEqual(requirements.map((each) => each.id).sort());
  });

  it('names only mutants that exist', () => {
    const unknown = scenarios.flatMap((each) =>
      each.mutants.filter((name) => !findMutant(name)).map((name) => `${each.id}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('has a mutant and a control for every required scenario', () => {
    const required = scenarios.filter((each) => Object.values(findRequirement(each.id)?.level ?? {}).includes('R'));
    expect(required.filter((each) => each.mutants.length === 0).map((each) => each.id)).toEqual([]);
    expect(required.filter((each) => !each.control).map((each) => each.id)).toEqual([]);
  });
});

describe('controls: with the thing under test left out, no scenario passes', () => {
  for (const profile of ['14.10', '18.3'] as const) {
    it(`profile ${profile}`, { timeout: 120_000 }, async () => {
      const outcomes = await runReference(withoutTheThing(await judgedCases(profile)), profile);
      expect(outcomes.length).toBeGreaterThan(0);
      expect(outcomes.filter((each) => each.outcome === 'pass').map((each) => each.id)).toEqual([]);
      expect(outcomes.filter((each) => each.outcome === 'error').map((each) => `${each.id}: ${each.reason}`)).toEqual(
        [],
      );
    });
  }
});

describe('controls of scenarios in containers', () => {
  it('with the thing under test left out, no scenario passes', { timeout: 600_000 }, async () => {
    const cases = (await controlledWithEngine()).map((each) => withFault(each, each.scenario.control ?? {}));
    const outcomes = await runReference(cases, '14.10');
    expect(outcomes.filter((each) => each.outcome === 'pass').map((each) => each.id)).toEqual([]);
    // On a machine that is too busy even for one case at a time a control still was not content, which is all that is asked.
    const broken = outcomes.filter((each) => each.outcome === 'error' && !isSpoiled(each));
    expect(broken.map((each) => `${each.id}: ${each.reason}`)).toEqual([]);
    expect(outcomes.length).toBe(cases.length);
  });
});

/** The first case of every scenario, with its control in place of its arrangement. */
function withoutTheThing(cases: readonly Case[]): Case[] {
  return expand(scenarios, cases[0]?.profile ?? '14.10').flatMap((each, index, all) => {
    const { control } = each.scenario;
    const isFirst = all.findIndex((other) => other.scenario === each.scenario) === index;
    if (!control || !isFirst || !cases.some((other) => other.scenario === each.scenario)) return [];
    return withFault(each, control);
  });
}
