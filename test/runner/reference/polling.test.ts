import { describe, expect, it } from 'vitest';
import { bench, job, until } from './bench.ts';

describe('polling', () => {
  it('asks at the check interval, with info, features and token', async () => {
    await using here = await bench();
    await here.runFor(10_000, { checkInterval: 4 });
    expect(here.gitlab.seen.map((each) => each.t)).toEqual([0, 4_000, 8_000]);
    expect(JSON.parse(here.gitlab.seen[0]?.body.toString() ?? '')).toMatchObject({
      info: { name: 'gitlab-runner', version: '14.10.1', executor: 'shell', features: { trace_checksum: true } },
      token: 'runner-token-1',
    });
  });

  it('gives back the last update', async () => {
    await using here = await bench();
    here.gitlab.give('job', { status: 204, headers: { 'X-GitLab-Last-Update': 'abc' } });
    await here.runUntil(() => here.gitlab.seen.length > 2);
    const updates = here.gitlab.seen.map((each) => JSON.parse(each.body.toString()).last_update);
    expect(updates.slice(0, 3)).toEqual([undefined, 'abc', 'abc']);
  });

  it('goes on after a request was cut', async () => {
    await using here = await bench();
    here.gitlab.give('job', { status: 0, cuts: true });
    await here.runUntil(() => here.gitlab.seen.length > 1);
    expect(here.gitlab.seen[1]?.t).toBe(3_000);
    expect(here.host.evidence.logs(/EOF/)).toHaveLength(1);
  });

  it('stops while a request is held', async () => {
    await using here = await bench();
    here.gitlab.give('job', { status: 0, hangs: true });
    await using running = await here.subject.run(here.config());
    await until(() => here.gitlab.seen.length > 0);
    await expect(running.stop('graceful')).resolves.toEqual({ code: 0, signal: null });
    expect(here.host.sockets.size).toBe(0);
  });

  it('gives up on an answer after ten minutes', async () => {
    await using here = await bench();
    here.gitlab.give('job', { status: 204, hangs: true });
    await here.runUntil(() => here.gitlab.seen.length > 1);
    expect(here.gitlab.seen[1]?.t).toBe(603_000);
    expect(here.host.evidence.logs(/timeout awaiting response headers/)).toHaveLength(1);
  });

  it('pauses for an hour after the third 403', async () => {
    await using here = await bench();
    here.gitlab.give('job', { status: 403 }, { status: 403 }, { status: 403 });
    await here.runUntil(() => here.gitlab.seen.length > 3);
    expect(here.gitlab.seen[3]?.t).toBe(6_000 + 3_600_000);
  });

  it('leaves nothing behind', async () => {
    await using here = await bench();
    here.gitlab.giveJob(job({ steps: [{ name: 'script', script: ['sleep 600 & sleep 601'] }] }));
    await using running = await here.subject.run(here.config());
    await until(() => here.host.children.size > 0);
    await running.stop('forced');
    expect(here.host.sockets.size).toBe(0);
    await until(() => here.host.children.size === 0);
  });

  it('ends with its world, whatever it is at', async () => {
    await using here = await bench({ mutant: 'does-not-stop-while-waiting' });
    const far = new Date(here.host.clock.now() + 36_000_000).toUTCString();
    here.gitlab.give('job', { status: 429, headers: { 'RateLimit-ResetTime': far } });
    const running = await here.subject.run(here.config());
    await until(() => here.host.evidence.logs(/Waiting/).length > 0);
    here.host.goes.abort();
    await running.ended;
    expect(here.host.sockets.size).toBe(0);
    await (await here.subject.run(here.config())).ended;
    expect(here.gitlab.seen).toHaveLength(1);
  });

  it('lets a job finish when it stops gracefully', async () => {
    await using here = await bench();
    here.gitlab.giveJob(job({ steps: [{ name: 'script', script: ['sleep 0.05', 'echo finished'] }] }));
    await using running = await here.subject.run(here.config());
    await until(() => here.host.children.size > 0);
    await running.stop('graceful');
    expect(here.gitlab.end?.state).toBe('success');
    expect(here.gitlab.trace).toContain('\nfinished\n');
  });

  it('runs as many jobs at once as it may', async () => {
    await using here = await bench();
    const meet = (own: string, other: string) => [
      {
        name: 'script',
        script: [`touch ../${own}`, `until [ -f ../../1/${other} ] || [ -f ../../0/${other} ]; do sleep 0.01; done`],
      },
    ];
    here.gitlab.giveJob(job({ id: 1, steps: meet('a', 'b') }));
    here.gitlab.giveJob(job({ id: 2, steps: meet('b', 'a') }));
    await here.runUntil(() => here.gitlab.of('update').length === 2, { concurrent: 2 });
    expect(here.gitlab.end?.state).toBe('success');
  });
});

describe('commands', () => {
  it.each([
    ['14.10', 'registration', 'POST /api/v4/runners', undefined],
    ['18.3', 'registration', 'POST /api/v4/runners', 'registration'],
    ['18.3', 'glrt-1', 'POST /api/v4/runners/verify', 'glrt-1'],
  ] as const)('%s registers with %s by %s', async (profile, token, request, header) => {
    await using here = await bench({ profile });
    expect(await here.subject.register(here.config(), token)).toEqual({ code: 0, signal: null });
    const [seen] = here.gitlab.seen;
    expect(`${seen?.method} ${seen?.url}`).toBe(request);
    expect(seen?.headers['runner-token']).toBe(header);
    expect(JSON.parse(seen?.body.toString() ?? '')).toMatchObject({ token });
  });

  it.each([
    ['14.10', 'glrt-1', '/api/v4/runners'],
    ['18.3', 'glrt-1', '/api/v4/runners/managers'],
    ['18.3', 'old', '/api/v4/runners'],
  ] as const)('%s unregisters %s at %s', async (profile, token, url) => {
    await using here = await bench({ profile });
    expect(await here.subject.unregister(here.config({ token }))).toEqual({ code: 0, signal: null });
    expect(here.gitlab.seen[0]?.url).toBe(url);
  });

  it('fail when GitLab refuses', async () => {
    await using here = await bench();
    for (const kind of ['register', 'verify', 'unregister']) here.gitlab.give(kind, { status: 403 });
    expect((await here.subject.register(here.config(), 'wrong')).code).toBe(1);
    expect((await here.subject.verify(here.config())).code).toBe(1);
    expect((await here.subject.unregister(here.config())).code).toBe(1);
  });
});

describe('mutants of polling', () => {
  it('stops-polling-after-407', async () => {
    await using here = await bench({ mutant: 'stops-polling-after-407' });
    here.proxy.refuses = { status: 407 };
    await here.runFor(60_000, { env: here.proxied() });
    expect(here.proxy.seen).toHaveLength(1);
  });

  it('keeps-quiet-about-407', async () => {
    await using here = await bench({ mutant: 'keeps-quiet-about-407' });
    here.proxy.refuses = { status: 407 };
    await here.runFor(60_000, { env: here.proxied() });
    expect(here.host.evidence.logs(/Checking/)).toHaveLength(0);
  });

  it('stops-polling-after-proxy-down', async () => {
    await using here = await bench({ mutant: 'stops-polling-after-proxy-down' });
    here.host.names.set('proxy.test', 'ECONNREFUSED');
    await here.runFor(60_000, { env: here.proxied() });
    expect(here.host.dialed).toHaveLength(1);
  });

  it.each([
    ['loses-job-after-restart', 0],
    [undefined, 1],
  ])('%s', async (mutant, ends) => {
    await using here = await bench(mutant ? { mutant } : {});
    here.host.names.set('gitlab.test', 'ECONNREFUSED');
    here.gitlab.giveJob(job());
    await using running = await here.subject.run(here.config());
    await until(() => here.host.dialed.length > 0);
    here.host.names.set('gitlab.test', here.gitlab.port);
    await until(() => here.gitlab.of('job').length > 2);
    await running.stop('graceful');
    expect(here.gitlab.of('update')).toHaveLength(ends);
  });
});
