import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { FaultKind, FaultView, LabState, QueuedJobs } from '../../harness/serve/index.ts';
import { type ServedLab, startLab, TOKEN } from './_lab.ts';

describe("a lab's API", () => {
  let up: ServedLab;
  beforeAll(async () => {
    up = await startLab();
  });
  afterAll(() => up[Symbol.asyncDispose]());
  const state = async (): Promise<LabState> => (await up.ask('GET', 'state')).json() as Promise<LabState>;

  it('wants the token for all but the page', async () => {
    expect((await fetch(up.server.url)).headers.get('X-Page')).toBe('yes');
    const none = await fetch(`${up.server.url}api/state`);
    expect(none.status).toBe(401);
    expect(((await none.json()) as { error: string }).error).toContain('token');
    expect((await up.ask('GET', 'state', undefined, { Authorization: `Bearer ${TOKEN}x` })).status).toBe(401);
    expect(up.server.secretUrl).toBe(`${up.server.url}#token=${TOKEN}`);
  });

  it.each([
    ['another name that leads here', { Host: 'evil.test' }, 421],
    ['a page of another site', { Origin: 'http://evil.test' }, 403],
    ['what a browser sends for another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['what a browser sends for a page of another port of this host', { 'Sec-Fetch-Site': 'same-site' }, 403],
  ])('lets nobody in by %s', async (_what, headers, status) => {
    expect(await statusOf(`${up.server.url}api/state`, { Authorization: `Bearer ${TOKEN}`, ...headers })).toBe(status);
    expect(await statusOf(up.server.url, headers)).toBe(status);
  });

  it('switches a fault on and off, and says how often it struck', async () => {
    const on = (await (
      await up.ask('POST', 'faults', { fault: { fault: 'answer', status: 503 } })
    ).json()) as FaultView;
    expect(on).toMatchObject({ proxy: 'proxy', name: 'answer', struck: 0 });
    await throughProxy(up, '/');
    expect((await state()).faults).toMatchObject([{ id: on.id, struck: 1 }]);
    expect((await up.ask('DELETE', `faults/${on.id}`)).status).toBe(204);
    expect((await state()).faults).toEqual([]);
    expect((await up.ask('DELETE', `faults/${on.id}`)).status).toBe(404);
  });

  it.each([
    [{ fault: { fault: 'rest' } }, 'There is no fault "rest"'],
    [{ fault: { fault: 'answer' } }, 'not declared as it must be'],
    [{ proxy: 'standby', fault: { fault: 'refuse' } }, 'no second proxy'],
    [{ proxy: 'third', fault: { fault: 'refuse' } }, 'not as it must be'],
    [{}, 'not as it must be'],
  ])('says what is wrong with a fault: %j', async (body, says) => {
    const answer = await up.ask('POST', 'faults', body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(((await answer.json()) as { error: string }).error).toContain(says);
  });

  it('tells the form of every fault that its proxies can have', async () => {
    const kinds = (await (await up.ask('GET', 'faults')).json()) as FaultKind[];
    expect(kinds.map(({ name }) => name)).toContain('reset');
    for (const { schema, proxies } of kinds) {
      expect(schema).toMatchObject({ type: 'object' });
      expect(proxies).toEqual(['proxy']);
    }
  });

  it('has GitLab follow a plan by name, one of its own, and none', async () => {
    await up.ask('PUT', 'plan', { preset: 'limited-for-ever' });
    expect((await state()).plan).toBe('limited-for-ever');
    const poll = await throughProxy(up, '/api/v4/jobs/request', { token: up.lab.given.token });
    expect(poll.status).toBe(429);
    await up.ask('PUT', 'plan', { plan: [{ on: 'job', times: 1, give: { status: 418 } }] });
    expect((await state()).plan).toBe('own');
    expect((await throughProxy(up, '/api/v4/jobs/request', { token: up.lab.given.token })).status).toBe(418);
    await up.ask('PUT', 'plan', { honest: true });
    expect(await state()).not.toHaveProperty('plan');
    expect((await up.ask('PUT', 'plan', { preset: 'no such' })).status).toBe(400);
  });

  it('queues a job, hands it out, and cancels one', async () => {
    const queued = (await (await up.ask('POST', 'jobs', { script: ['true'] })).json()) as QueuedJobs;
    const [job] = queued.jobs;
    await throughProxy(up, '/api/v4/jobs/request', { token: up.lab.given.token });
    expect((await state()).jobs.at(-1)).toMatchObject({ id: job?.id, state: 'running' });
    expect((await up.ask('POST', `jobs/${job?.id}/cancel`)).status).toBe(204);
    expect((await state()).jobs.at(-1)?.state).toBe('canceled');
    expect(await (await up.ask('GET', `jobs/${job?.id}/trace`)).text()).toBe('');
    expect((await up.ask('GET', 'jobs/1/trace')).status).toBe(404);
    expect((await up.ask('POST', 'jobs', { scrip: [] })).status).toBe(400);
  });

  it('stops a proxy and starts it, and changes whom it lets in', async () => {
    await up.ask('POST', 'proxies/proxy/stop');
    expect((await state()).peers.find(({ name }) => name === 'proxy')?.listening).toBe(false);
    await up.ask('POST', 'proxies/proxy/start');
    const before = up.lab.given.proxyUrl ?? '';
    const peer = (await (await up.ask('PUT', 'proxies/proxy/credentials', { rotate: true })).json()) as {
      user: string;
    };
    expect(up.lab.given.proxyUrl).not.toBe(before);
    expect(up.lab.given.proxyUrl).toContain(peer.user);
    expect((await throughProxy(up, '/', undefined, before)).status).toBe(407);
    expect((await throughProxy(up, '/')).status).toBe(404);
    await up.ask('PUT', 'proxies/proxy/credentials', { user: 'a@b', password: 'p:/?#' });
    expect((await throughProxy(up, '/')).status).toBe(404);
    await up.ask('PUT', 'proxies/proxy/credentials', { none: true });
    expect((await throughProxy(up, '/', undefined, before)).status).toBe(407);
    await up.ask('PUT', 'proxies/proxy/credentials', { rotate: true });
    expect((await up.ask('POST', 'proxies/proxy/burn')).status).toBe(400);
  });

  it('exports what was seen, and what was done as a case without a password', async () => {
    await up.ask('PUT', 'proxies/proxy/credentials', { user: 'somebody', password: 'Gr8-Sesame.opens' });
    const texts = await Promise.all(
      ['report.html', 'har.json', 'ledger.ndjson', 'case.yaml'].map(async (name) =>
        (await up.ask('GET', `export/${name}`)).text(),
      ),
    );
    for (const text of texts) expect(text).not.toContain('Gr8-Sesame.opens');
    const [page, har, ledger, own] = texts;
    expect(page).toMatch(/<header class="none">.*<h1>What happened in the lab\. /s);
    expect(JSON.parse(har ?? '')).toHaveProperty('log.entries.0');
    expect(ledger?.split('\n').length).toBeGreaterThan(20);
    expect(parse(own ?? '')).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({ action: { do: 'credentials', proxy: 'proxy', to: 'others' } }),
      ]),
    });
    expect((await up.ask('GET', 'export/passwords')).status).toBe(404);
  });

  it('says that there is nothing at another path', async () => {
    expect((await up.ask('GET', 'nothing')).status).toBe(404);
    expect((await up.ask('POST', 'jobs/ci', { a: 1 })).status).toBe(404);
  });
});

/** What fetch does not let us send: a Host of our choice. */
function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (res) => {
      res.resume();
      resolve(res.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

/** Asks the lab's GitLab for something through the lab's proxy. */
function throughProxy(
  { lab }: ServedLab,
  path: string,
  body?: object,
  proxyUrl = lab.given.proxyUrl ?? '',
): Promise<{ status: number | undefined }> {
  const { hostname, port, username, password } = new URL(proxyUrl);
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return new Promise((resolve, reject) => {
    const req = request(
      {
        hostname,
        port,
        method: body ? 'POST' : 'GET',
        path: `${lab.given.gitlabUrl}${path}`,
        headers: { 'Proxy-Authorization': `Basic ${credentials}`, 'Content-Type': 'application/json' },
        agent: false,
      },
      (res) => {
        res.resume();
        resolve({ status: res.statusCode });
      },
    );
    req.on('error', reject).end(body ? JSON.stringify(body) : undefined);
  });
}
