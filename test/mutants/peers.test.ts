import { expect, it } from 'vitest';
import { type Case, expand, type PeerMutant, type Scenario } from '../../harness/conformance/index.ts';
import { ownScenarios, runReference } from './_suite.ts';

const faulty = (await ownScenarios()).flatMap((scenario) =>
  (scenario.peerMutants ?? []).map((mutant) => withFault(scenario, mutant)),
);

it('with a fault put into its peers, no scenario is content', { timeout: 600_000 }, async () => {
  expect(faulty.length).toBeGreaterThan(0);
  const outcomes = await runReference(faulty, '14.10');
  expect(outcomes.filter((each) => each.outcome === 'pass').map((each) => `${each.id}: ${each.reason}`)).toEqual([]);
  expect(outcomes.filter((each) => each.outcome === 'error').map((each) => `${each.id}: ${each.reason}`)).toEqual([]);
  expect(outcomes.length).toBe(faulty.length);
});

/** The first case of a scenario, with a fault put into its peers. */
function withFault(scenario: Scenario, { name, world, act }: PeerMutant): Case {
  const [first] = expand([{ ...scenario, ...(world ? { world } : {}), ...(act ? { act } : {}) }], '14.10');
  if (!first) throw new Error(`${scenario.id} has no case.`);
  // One scenario may have several.
  return { ...first, id: `${first.id} with ${name}` };
}
