import { compareProxies } from '../measure/proxies.ts';
import type { Row } from '../row.ts';

const LEAST = 1.4;

export const tunnelsMockttp: Row = {
  name: 'tunnels-mockttp',
  what: 'recording proxy ÷ mockttp as proxy, tunnels/s',
  target: `≥ ${LEAST.toFixed(1)}`,
  measure: async () => {
    const { ratio, notes } = await compareProxies(
      'mockttp-proxy',
      (port, target) => ({ task: 'tunnels', given: { port, target, clients: 32, ms: 1000 } }),
      { unit: 'tunnels/s', against: 'mockttp' },
    );
    return { measured: ratio.toFixed(2), reached: ratio >= LEAST, notes };
  },
};
