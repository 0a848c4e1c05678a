import { compareProxies } from '../measure/proxies.ts';
import type { Row } from '../row.ts';

const LEAST = 0.92;

export const tunnels: Row = {
  name: 'tunnels',
  what: 'recording proxy ÷ bare proxy-chain, tunnels/s',
  target: `≥ ${LEAST.toFixed(2)}`,
  measure: async () => {
    const { ratio, notes } = await compareProxies(
      'bare-proxy-chain',
      (port, target) => ({ task: 'tunnels', given: { port, target, inside: 'ping', clients: 32, ms: 1000 } }),
      { unit: 'tunnels/s', against: 'proxy-chain' },
    );
    return { measured: ratio.toFixed(2), reached: ratio >= LEAST, notes };
  },
};
