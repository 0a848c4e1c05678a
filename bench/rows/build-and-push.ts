import { Program } from '../measure/program.ts';
import { runSuite } from '../measure/run.ts';
import { median, spread } from '../measure/statistics.ts';
import type { Row } from '../row.ts';

const MOST = 1.25;
const ROUNDS = 5;
const CASE = 'docker/push-through-proxy[proxy=basic]';
const LIMIT_MS = 300_000;

export const buildAndPush: Row = {
  name: 'build-and-push',
  what: 'the scenario that builds and pushes in dind ÷ the same docker commands by hand on a bare dind through a bare proxy',
  target: `≤ ${MOST.toFixed(2)}`,
  measure: async () => {
    await using program = new Program('docker');
    await program.ask('start', { bare: true });
    const scenario: number[] = [];
    const byHand: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      byHand.push(await program.ask<number>('buildAndPush'));
      const { results } = await runSuite([CASE], LIMIT_MS);
      const [outcome] = results.outcomes;
      if (outcome?.outcome !== 'pass') throw new Error(`${CASE} did not pass: ${outcome?.reason}`);
      scenario.push(outcome.durationMs / 1000);
    }
    await program.ask('stop');
    const ratios = scenario.map((each, index) => each / (byHand[index] ?? Number.NaN));
    const ratio = median(ratios);
    return {
      measured: ratio.toFixed(2),
      reached: ratio <= MOST,
      notes: [
        `the scenario ${spread(scenario, 1)} s, with its world and the reference runner; by hand ${spread(byHand, 1)} s; ratios of ${ROUNDS} interleaved rounds ${spread(ratios)}`,
      ],
    };
  },
};
