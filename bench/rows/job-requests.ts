import { compare, type Speed } from '../measure/compare.ts';
import { Program } from '../measure/program.ts';
import { timed } from '../measure/proxies.ts';
import { jobRequest } from '../programs/job-request.ts';
import type { Row } from '../row.ts';

const LEAST = 2.2;

export const jobRequests: Row = {
  name: 'job-requests',
  what: 'mock GitLab ÷ mockttp answering the same job request, requests/s',
  target: `≥ ${LEAST}`,
  measure: async () => {
    await using loader = new Program('load');
    await using ours = new Program('mock-gitlab');
    await using theirs = new Program('mockttp-gitlab');
    const round = (server: Program) => async (): Promise<Speed> => {
      const { port, token } = await server.ask<{ port: number; token: string }>('start');
      const given = { port, request: jobRequest(port, token), status: 204, clients: 32, ms: 1000 };
      return timed(server, () => loader.ask('requests', given));
    };
    const { ratio, notes } = await compare(round(ours), round(theirs), {
      unit: 'requests/s',
      against: 'mockttp',
    });
    return { measured: ratio.toFixed(2), reached: ratio >= LEAST, notes };
  },
};
