import { cpus } from 'node:os';
import { expect, it } from 'vitest';
import { expand } from '../../harness/conformance/index.ts';
import type { LedgerEvent } from '../../harness/ledger/index.ts';
import { ownScenarios, runReference } from '../mutants/_suite.ts';
import { noDocker } from './_here.ts';

/** The most containers of one case that were being started at the same moment: made, but not running yet. */
function mostAtOnce(events: readonly LedgerEvent[]): number {
  const starting = new Set<string>();
  let most = 0;
  for (const event of events) {
    if (event.kind !== 'container') continue;
    if (event.what === 'created') starting.add(event.container);
    else starting.delete(event.container);
    most = Math.max(most, starting.size);
  }
  return most;
}

it.skipIf(noDocker)('no case starts more containers at once than there are cores', { timeout: 480_000 }, async () => {
  const wanted = ['docker/push-through-proxy', 'containers/environment'];
  const cases = expand(await ownScenarios(), '14.10').filter(
    ({ scenario }, index, all) =>
      wanted.includes(scenario.id) && all.findIndex((other) => other.scenario === scenario) === index,
  );
  const events: LedgerEvent[] = [];
  const outcomes = await runReference(cases, '14.10', undefined, (event) => events.push(event));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  for (const [id, own] of Map.groupBy(events, (event) => event.case)) {
    const most = mostAtOnce(own);
    expect(most, id).toBeGreaterThan(0);
    expect(most, id).toBeLessThanOrEqual(cpus().length);
  }
});
