import { Program } from '../measure/program.ts';
import { median, spread } from '../measure/statistics.ts';
import type { Row } from '../row.ts';

const MOST_MS = 150;
const WORLDS = 15;

export const world: Row = {
  name: 'world',
  what: 'world of one scenario (proxy and GitLab) up and down',
  target: `≤ ${MOST_MS} ms`,
  measure: async () => {
    await using program = new Program('world');
    const forProgram = await upAndDown(program, false);
    const inProcess = await upAndDown(program, true);
    const ms = median(forProgram.times);
    return {
      measured: `${ms.toFixed(0)} ms (isolation: ${forProgram.isolation})`,
      reached: ms <= MOST_MS,
      notes: [
        `median of ${WORLDS} for a real runner, ${spread(forProgram.times, 0)} ms; ` +
          `for the reference runner ${median(inProcess.times).toFixed(0)} ms (${spread(inProcess.times, 0)})`,
      ],
    };
  },
};

const upAndDown = (program: Program, inProcess: boolean) =>
  program.ask<{ times: number[]; isolation: string }>('upAndDown', { worlds: WORLDS, inProcess });
