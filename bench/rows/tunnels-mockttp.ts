import { compareProxies } from '../measure/proxies.ts';
import type { Row } from '../row.ts';

const LEAST = 1.4;

export const tunnelsMockttp: Row = {
  name: 'tunnels-mockttp',
  what: 'recording proxy ÷ mockttp as proxy, tunnels/s',
  target: `≥ ${LEAST.toFixed(1)}`,
  measure: async () => {
    const withInside = (inside: 'http' | 'ping') =>
      compareProxies(
        'mockttp-proxy',
        (port, target) => ({ task: 'tunnels', given: { port, target, inside, clients: 32, ms: 700 } }),
        { unit: 'tunnels/s', against: 'mockttp', rounds: 7 },
      );
    const http = await withInside('http');
    const raw = await withInside('ping');
    return {
      measured: http.ratio.toFixed(2),
      reached: http.ratio >= LEAST,
      notes: [
        ...http.notes.map((each) => `a plain HTTP request in each tunnel: ${each}`),
        ...raw.notes.map(
          (each) =>
            `for comparison, bytes that mockttp is told not to look at (its \`passthrough\` option), ${raw.ratio.toFixed(2)}: ${each}`,
        ),
      ],
    };
  },
};
