import { setTimeout as delay } from 'node:timers/promises';
import { Program } from '../measure/program.ts';
import { jobRequest } from '../programs/job-request.ts';
import type { Row } from '../row.ts';

const POLLS = 5000;
const MOST_MS = 1000;
const MOST_KB = 40;
const ARRIVAL_LIMIT_MS = 20_000;
/** Opened and answered first, so that compiled code and the heap's own growth are not counted with them. */
const WARM_UP = 500;

export const longPolls: Row = {
  name: 'long-polls',
  what: `${POLLS.toLocaleString('en')} open long polls on one mock GitLab`,
  target: `all answered within ${MOST_MS / 1000} s of release, ≤ ${MOST_KB} KB each`,
  measure: async () => {
    await using loader = new Program('load');
    await using gitlab = new Program('mock-gitlab');
    const { port, token } = await gitlab.ask<{ port: number; token: string }>('start', { longPollMs: 120_000 });
    const given = { port, request: jobRequest(port, token) };
    await loader.ask('holdPolls', { ...given, count: WARM_UP });
    await allArrived(gitlab, WARM_UP);
    await released(loader, gitlab);
    const before = (await gitlab.memory(true)).now;
    await loader.ask('holdPolls', { ...given, count: POLLS });
    await allArrived(gitlab, WARM_UP + POLLS);
    const { now: held } = await gitlab.memory(true);
    const kilobytes = (held - before) / POLLS / 1000;
    const { ms, count } = await released(loader, gitlab);
    return {
      measured: `${count} answered within ${(ms / 1000).toFixed(2)} s, ${kilobytes.toFixed(1)} KB each`,
      reached: count === POLLS && ms <= MOST_MS && kilobytes <= MOST_KB,
      notes: ['memory: resident, of the process, after a garbage collection, with everything recorded in the ledger'],
    };
  },
};

/** What a client has written may be on its way for a while. */
async function allArrived(gitlab: Program, count: number): Promise<void> {
  const until = performance.now() + ARRIVAL_LIMIT_MS;
  while ((await gitlab.ask<number>('arrived')) < count) {
    if (performance.now() > until) throw new Error(`Not all of ${count} polls arrived within ${ARRIVAL_LIMIT_MS} ms.`);
    await delay(20);
  }
}

async function released(loader: Program, gitlab: Program): Promise<{ ms: number; count: number }> {
  const answers = loader.ask<{ lastAt: number; count: number }>('releasedPolls');
  const at = Date.now();
  await gitlab.ask('release');
  const { lastAt, count } = await answers;
  return { ms: lastAt - at, count };
}
