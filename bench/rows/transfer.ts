import { compareProxies } from '../measure/proxies.ts';
import type { Row } from '../row.ts';

const LEAST = 0.9;
const BYTES = 2 ** 30;

export const transfer: Row = {
  name: 'transfer',
  what: 'recording proxy ÷ bare proxy-chain, MB/s of a 1 GiB transfer, forwarded and in a tunnel',
  target: `≥ ${LEAST.toFixed(2)} each`,
  measure: async () => {
    const by = async (through: 'forward' | 'tunnel') =>
      compareProxies(
        'bare-proxy-chain',
        (port, target) => ({ task: 'transfer', given: { port, target, bytes: BYTES, through } }),
        { unit: 'MB/s', against: 'proxy-chain', scale: 1e6, rounds: 5 },
      );
    const forwarded = await by('forward');
    const tunnelled = await by('tunnel');
    return {
      measured: `${forwarded.ratio.toFixed(2)} and ${tunnelled.ratio.toFixed(2)}`,
      reached: Math.min(forwarded.ratio, tunnelled.ratio) >= LEAST,
      notes: [
        ...forwarded.notes.map((each) => `forwarded: ${each}`),
        ...tunnelled.notes.map((each) => `tunnel: ${each}`),
      ],
    };
  },
};
