import { Agent, request } from 'node:http';
import { realClock } from '../../harness/clock/index.ts';
import { LiveLab, serveLab } from '../../harness/serve/index.ts';
import { decodeUserinfo } from '../../harness/url/index.ts';
import { createRunContext } from '../../harness/world/index.ts';
import { answerTasks } from './tasks.ts';

const TOKEN = 'token';
const AT_ONCE = 20;

let poll: (() => Promise<void>) | undefined;
let up: LiveLab | undefined;

answerTasks({
  /** Stands a lab up, with so many who look at it. */
  start: async ({ viewers, keeps }: { viewers: number; keeps: number }) => {
    const run = await createRunContext({ isolation: 'names' });
    const declaration = { world: { proxy: { kind: 'keep-alive' }, gitlab: {} }, steps: [] } as const;
    const lab = await LiveLab.open({ declaration, clock: realClock(), run, version: '0', address: '127.0.0.1', keeps });
    const { url } = await serveLab(lab, { address: '127.0.0.1', token: TOKEN, page: { html: '', headers: {} } });
    for (let count = 0; count < viewers; count++) void look(`${url}api/events`);
    up = lab;
    poll = poller(lab);
  },
  /** Asks for a job so many times, through the proxy. */
  polls: async ({ count }: { count: number }) => {
    for (let sent = 0; sent < count; sent += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, () => poll?.()));
  },
  /** What is in use after a collection of garbage, in bytes, and how many events were let go. */
  heap: () => {
    globalThis.gc?.();
    return { bytes: process.memoryUsage().heapUsed, dropped: up?.ledger.dropped ?? 0 };
  },
});

async function look(url: string): Promise<void> {
  const { body } = await fetch(url, { headers: { Authorization: `Bearer ${TOKEN}` } });
  const reader = body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read());
}

function poller({ given }: LiveLab): () => Promise<void> {
  const { hostname, port, username, password } = new URL(given.proxyUrl ?? '');
  const { user, password: secret } = decodeUserinfo(`${username}:${password}`);
  const headers = {
    'Proxy-Authorization': `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
    'Content-Type': 'application/json',
  };
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const path = `${given.gitlabUrl}/api/v4/jobs/request`;
  return () =>
    new Promise((resolve, reject) => {
      request({ hostname, port, agent, method: 'POST', path, headers }, (res) => res.resume().once('end', resolve))
        .once('error', reject)
        .end(JSON.stringify({ token: given.token }));
    });
}
