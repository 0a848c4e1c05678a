import { Program } from '../measure/program.ts';
import type { Row } from '../row.ts';

const MOST_MIB = 32;
/** Enough for buffers and the collector to get to where they stay. */
const WARM_UP_BYTES = 2 ** 28;
const BYTES = 2 ** 30;

export const transferMemory: Row = {
  name: 'transfer-memory',
  what: 'recording proxy, growth of its resident memory over a 1 GiB transfer, forwarded and in a tunnel',
  target: `≤ ${MOST_MIB} MiB each`,
  measure: async () => {
    const [forwarded, tunnelled] = [
      await growth('recording-proxy', 'forward'),
      await growth('recording-proxy', 'tunnel'),
    ];
    const [forward, tunnel] = [await growth('bare-proxy-chain', 'forward'), await growth('bare-proxy-chain', 'tunnel')];
    return {
      measured: `${mib(forwarded.most)} and ${mib(tunnelled.most)} MiB`,
      reached: Math.max(forwarded.most, tunnelled.most) <= MOST_MIB,
      notes: [
        `the most while it lasted, beyond what there was after a transfer of ${WARM_UP_BYTES / 2 ** 20} MiB; ` +
          `after it and a garbage collection ${mib(forwarded.kept)} and ${mib(tunnelled.kept)} MiB; ` +
          `proxy-chain ${mib(forward.most)} and ${mib(tunnel.most)}, then ${mib(forward.kept)} and ${mib(tunnel.kept)} MiB`,
      ],
    };
  },
};

/** What a proxy's memory grew by, in MiB: at the most, and for good. */
async function growth(
  name: 'recording-proxy' | 'bare-proxy-chain',
  through: 'forward' | 'tunnel',
): Promise<{ most: number; kept: number }> {
  await using loader = new Program('load');
  await using proxy = new Program(name);
  const originPort = await loader.ask<number>('origin');
  const port = await proxy.ask<number>('start', { originPort });
  const given = { port, target: `127.0.0.1:${originPort}`, through };
  await loader.ask('transfer', { ...given, bytes: WARM_UP_BYTES });
  const { now: before } = await proxy.memory(false);
  await loader.ask('transfer', { ...given, bytes: BYTES });
  const { peak, now: after } = await proxy.memory(true);
  return { most: (peak - before) / 2 ** 20, kept: (after - before) / 2 ** 20 };
}

const mib = (value: number): string => value.toFixed(0);
