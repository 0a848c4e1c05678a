import { describe, expect, it } from 'vitest';
import {
  type Case,
  type CaseOutcome,
  expand,
  findRequirement,
  profileNames,
  requirements,
} from '../../harness/conformance/index.ts';
import { findMutant } from '../../harness/runner/reference/index.ts';
import {
  controlledWithEngine,
  isAskedIn,
  isSpoiled,
  judgedCases,
  ownScenarios,
  runReference,
  withFault,
} from './_suite.ts';

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
  for (const profile of profileNames) {
    it(`profile ${profile}`, { timeout: 300_000 }, async ({ skip }) => {
      const asked = (await judgedCases(profile)).filter((each) => isAskedIn(profile, each));
      const outcomes = await runReference(withoutTheThing(asked), profile);
      expect(outcomes.length).toBeGreaterThan(0);
      expectDiscontent(outcomes, skip);
    });
  }
});

describe('controls of scenarios in containers', () => {
  for (const profile of profileNames) {
    it(`profile ${profile}: with the thing under test left out, no scenario passes`, { timeout: 900_000 }, async ({
      skip,
    }) => {
      const cases = (await controlledWithEngine(profile)).map((each) => withFault(each, each.scenario.control ?? {}));
      if (cases.length === 0) return;
      const outcomes = await runReference(cases, profile);
      expect(outcomes.length).toBe(cases.length);
      // On a machine that is too busy even for one case at a time a control still was not content, which is all that is asked.
      expectDiscontent(
        outcomes.filter((each) => !isSpoiled(each)),
        skip,
      );
    });
  }
});

/** That each failed or was blocked; where some could not run, the test is skipped, and says which. */
function expectDiscontent(outcomes: readonly CaseOutcome[], skip: (why: string) => void): void {
  const content = outcomes.filter(({ outcome }) => !['fail', 'warn', 'blocked', 'skip'].includes(outcome));
  expect(content.map(({ id, outcome, reason }) => `${id}: ${outcome}: ${reason}`)).toEqual([]);
  const skipped = outcomes.filter(({ outcome }) => outcome === 'skip');
  if (skipped.length > 0) skip(skipped.map(({ id, reason }) => `${id}: ${reason}`).join('; '));
}

/** The first case of every scenario, with its control in place of its arrangement. */
function withoutTheThing(cases: readonly Case[]): Case[] {
  return expand(scenarios, cases[0]?.profile ?? '14.10').flatMap((each, index, all) => {
    const { control } = each.scenario;
    const isFirst = all.findIndex((other) => other.scenario === each.scenario) === index;
    if (!control || !isFirst || !cases.some((other) => other.scenario === each.scenario)) return [];
    return withFault(each, control);
  });
}
