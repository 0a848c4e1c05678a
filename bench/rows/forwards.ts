import { compareProxies } from '../measure/proxies.ts';
import { AUTHORIZATION } from '../programs/credentials.ts';
import type { Row } from '../row.ts';

const LEAST = 0.92;

export const forwards: Row = {
  name: 'forwards',
  what: 'recording proxy ÷ bare proxy-chain, forwarded requests/s',
  target: `≥ ${LEAST.toFixed(2)}`,
  measure: async () => {
    const { ratio, notes } = await compareProxies(
      'bare-proxy-chain',
      (port, target) => {
        const request = `GET http://${target}/api HTTP/1.1\r\nHost: ${target}\r\nUser-Agent: bench\r\nAccept: */*\r\nProxy-Authorization: ${AUTHORIZATION}\r\n\r\n`;
        return { task: 'requests', given: { port, request, status: 200, clients: 32, ms: 1000 } };
      },
      { unit: 'requests/s', against: 'proxy-chain' },
    );
    return { measured: ratio.toFixed(2), reached: ratio >= LEAST, notes };
  },
};
