import { Program } from '../measure/program.ts';
import type { Row } from '../row.ts';

const VIEWERS = 20;
const KEEPS = 20_000;
/** Enough for the record to be full. */
const WARM_UP = 2_000;
const REQUESTS = 20_000;
const PART = 2_000;
const MOST = 1.1;

export const labMemory: Row = {
  name: 'lab-memory',
  what: `lab with ${VIEWERS} viewers and a record of ${KEEPS} events, growth of its heap over ${REQUESTS} requests`,
  target: `≤ ${MOST} times`,
  measure: async () => {
    await using lab = new Program('lab');
    await lab.ask('start', { viewers: VIEWERS, keeps: KEEPS });
    await lab.ask('polls', { count: WARM_UP });
    const before = await lab.ask<{ bytes: number; dropped: number }>('heap');
    for (let sent = 0; sent < REQUESTS; sent += PART) await lab.ask('polls', { count: PART });
    const after = await lab.ask<{ bytes: number; dropped: number }>('heap');
    const growth = after.bytes / before.bytes;
    return {
      measured: `${growth.toFixed(2)} times`,
      reached: growth <= MOST,
      notes: [
        `${mib(before.bytes)} MiB after ${WARM_UP} requests, ${mib(after.bytes)} MiB after ${WARM_UP + REQUESTS}; ${after.dropped} events were let go`,
      ],
    };
  },
};

const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
