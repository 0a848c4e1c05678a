import { describe, expect, it } from 'vitest';
import { type AxisValues, type Case, expand, findRequirement } from '../../harness/conformance/index.ts';
import { ownScenarios, runReference, withFault } from './_suite.ts';

const scenarios = await ownScenarios();

/** The first case of a scenario that has these axes. */
const firstCase = (id: string, wanted: AxisValues = {}): Case | undefined =>
  expand(scenarios, '14.10').find(
    ({ scenario, axes }) => scenario.id === id && Object.entries(wanted).every(([name, value]) => axes[name] === value),
  );

describe('faults of peers: with one put in, a scenario does not pass', () => {
  for (const { id, peerMutants = [] } of scenarios) {
    for (const fault of peerMutants) {
      it(`${id}, ${fault.name}: ${fault.says}`, { timeout: 300_000 }, async () => {
        const each = firstCase(id, fault.axes);
        expect(each).toBeDefined();
        const outcomes = await runReference(each ? [withFault(each, fault)] : [], '14.10');
        expect(outcomes.map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual([
          expect.stringMatching(/^(fail|warn): /),
        ]);
        expect(outcomes[0]?.reason).toMatch(fault.finding ?? /^/);
      });
    }
  }

  it('are known of the peers that the page names', () => {
    const names = scenarios.flatMap(({ peerMutants = [] }) => peerMutants.map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining(['cntlm-listens-everywhere', 'parent-trusts-anybody']));
  });

  it('belong to scenarios that are held to something', () => {
    const measured = scenarios.filter(
      ({ id, peerMutants }) => peerMutants && findRequirement(id)?.level['14.10'] === 'C',
    );
    expect(measured.map(({ id }) => id)).toEqual([]);
  });
});
