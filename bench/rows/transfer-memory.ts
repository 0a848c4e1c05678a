import { Program } from '../measure/program.ts';
import type { Row } from '../row.ts';

const MOST_MIB = 32;
const WARM_UP_BYTES = 64 * 2 ** 20;
const BYTES = 2 ** 30;

export const transferMemory: Row = {
  name: 'transfer-memory',
  what: 'recording proxy, growth of its resident memory over a 1 GiB transfer, forwarded and in a tunnel',
  target: `≤ ${MOST_MIB} MiB each`,
  measure: async () => {
    const forwarded = await growth('forward');
    const tunnelled = await growth('tunnel');
    return {
      measured: `${forwarded.toFixed(0)} and ${tunnelled.toFixed(0)} MiB`,
      reached: Math.max(forwarded, tunnelled) <= MOST_MIB,
      notes: [
        `the most while it lasted, beyond what there was after a transfer of ${WARM_UP_BYTES / 2 ** 20} MiB and a garbage collection`,
      ],
    };
  },
};

/** In MiB. */
async function growth(through: 'forward' | 'tunnel'): Promise<number> {
  await using loader = new Program('load');
  await using proxy = new Program('recording-proxy');
  const originPort = await loader.ask<number>('origin');
  const port = await proxy.ask<number>('start', { originPort });
  const given = { port, target: `127.0.0.1:${originPort}`, through };
  await loader.ask('transfer', { ...given, bytes: WARM_UP_BYTES });
  const { now: before } = await proxy.memory();
  await loader.ask('transfer', { ...given, bytes: BYTES });
  const { peak } = await proxy.memory();
  return (peak - before) / 2 ** 20;
}
