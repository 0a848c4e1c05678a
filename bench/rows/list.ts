import { proxyproof } from '../measure/command.ts';
import { median, spread } from '../measure/statistics.ts';
import type { Row } from '../row.ts';

const MOST_SECONDS = 0.6;
const TIMES = 9;

export const list: Row = {
  name: 'list',
  what: '`proxyproof list`',
  target: `≤ ${MOST_SECONDS} s`,
  measure: async () => {
    const times: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const { seconds, exitCode, stderr } = await proxyproof(['list'], 10_000);
      if (exitCode !== 0) throw new Error(`proxyproof list failed: ${stderr}`);
      times.push(seconds);
    }
    const seconds = median(times);
    return {
      measured: `${seconds.toFixed(2)} s`,
      reached: seconds <= MOST_SECONDS,
      notes: [`median of ${TIMES}, ${spread(times)} s`],
    };
  },
};
