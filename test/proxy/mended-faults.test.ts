import { describe, expect, test } from 'vitest';
import { type Clock, simulatedClock } from '../../harness/clock/index.ts';
import type { FaultHandle, ProxyKind } from '../../harness/proxy/index.ts';
import { ask, host, inTunnel, tunnel } from './asking.ts';
import { hasSquid, ProxyStage, type RawClient } from './stage.ts';

const OURS: readonly ProxyKind[] = ['basic', 'keep-alive'];
const ALL: readonly ProxyKind[] = [...OURS, ...(hasSquid ? (['squid'] as const) : [])];

/** A proxy whose client waits for an answer all the time: simulated time moves only where a fault makes it wait. */
async function waiting(kind: ProxyKind): Promise<{ stage: ProxyStage; clock: Clock } & AsyncDisposable> {
  const clock = simulatedClock();
  const stage = await ProxyStage.create({ kind }, { clock });
  const release = clock.hold();
  return {
    stage,
    clock,
    async [Symbol.asyncDispose]() {
      release();
      await stage[Symbol.asyncDispose]();
    },
  };
}

describe.each(OURS)('a proxy of kind %s', (kind) => {
  test('hang, switched on while a tunnel is being opened: the tunnel carries nothing', async () => {
    const on = Promise.withResolvers<FaultHandle>();
    const holder: { stage?: ProxyStage } = {};
    const asked: string[] = [];
    await using stage = await ProxyStage.create(
      { kind },
      {
        resolve: (name) => {
          // The request has passed the faults of its moment, and the origin has not been reached yet.
          if (asked.push(name) === 1) {
            queueMicrotask(() => {
              if (holder.stage) on.resolve(holder.stage.proxy.inject({ fault: 'hang' }));
            });
          }
          return '127.0.0.1';
        },
      },
    );
    holder.stage = stage;
    const client = stage.connect();
    ask(stage, client);
    const fault = await on.promise;
    await stage.until('the tunnel', (seen) => seen.proxy().find(({ status }) => status === 200));
    inTunnel(client, '/carried');
    // By the time the origin has answered somebody else, it has met whatever was sent to it before.
    await fetch(`http://127.0.0.1:${new URL(stage.http).port}/somebody-else`);
    expect(stage.seen.map(({ url }) => url)).toEqual(['/somebody-else']);
    fault.off();
    expect(await client.ends()).toBe('ECONNRESET');
    expect(client.text).toBe('');
  });

  test.each(['swallow', 'answer', 'forward'] as const)('expect (%s): the record keeps what was asked', async (how) => {
    await using stage = await ProxyStage.create({ kind });
    stage.proxy.inject({ fault: 'expect', how });
    const client = stage.connect();
    client.say(
      `POST ${stage.http}/ HTTP/1.1`,
      `Host: ${host(stage.http)}`,
      `Proxy-Authorization: ${stage.basic}`,
      'Content-Length: 3',
      'Expect: 100-continue',
    );
    client.socket.write('abc');
    await client.hears(/the origin got 3 bytes/);
    const [recorded] = stage.evidence.proxy();
    expect(recorded?.headers).toContainEqual(['Expect', '100-continue']);
  });

  test.each([
    ['the proxy has no such host', (stage: ProxyStage) => stage.basic, [403], /^HTTP\/1\.1 403 /],
    ['the credentials are wrong', () => `Basic ${btoa('some:body')}`, [407], /^HTTP\/1\.1 407 /],
  ] as const)(
    'close-on-status: closes after a CONNECT that is refused because %s',
    async (_, login, statuses, said) => {
      await using stage = await ProxyStage.create({ kind });
      const refused = (): RawClient => {
        const client = stage.connect();
        client.say('CONNECT nowhere.test:443 HTTP/1.1', 'Host: nowhere.test', `Proxy-Authorization: ${login(stage)}`);
        return client;
      };
      const fault = stage.proxy.inject({ fault: 'close-on-status', statuses });
      const client = refused();
      expect(await client.ends()).toBe('FIN');
      expect(client.text).toMatch(said);
      expect(client.text.match(/\r\nConnection: [^\r]*/gi)).toEqual(['\r\nConnection: close']);
      expect(fault.struck.map(({ target }) => target)).toEqual(['connect']);
    },
  );
});

describe.each(ALL)('a proxy of kind %s', (kind) => {
  test('a stream fault that is switched on in the middle of a tunnel counts from there', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.answer = (request, response) => response.end((request.url === '/before' ? 'b' : 'a').repeat(3000));
    const client = await tunnel(stage);
    // With this one on the tunnel's bytes are counted already.
    stage.proxy.inject({ fault: 'idle-cut', afterMs: 600_000 });
    inTunnel(client, '/before');
    await client.hears(/b{3000}/);
    client.text = '';
    stage.proxy.inject({ fault: 'reset', when: { atByte: 1000, direction: 'down' } });
    inTunnel(client, '/after');
    expect(await client.ends()).toBe('ECONNRESET');
    expect(client.text).toHaveLength(1000);
    expect(stage.strikes('reset')).toBe(1);
  });

  test('slow: what is sent up passes as slowly as what comes down', async () => {
    await using world = await waiting(kind);
    const { stage, clock } = world;
    const client = await tunnel(stage);
    const fault = stage.proxy.inject({ fault: 'slow', bytesPerSecond: 1000 });
    const began = clock.elapsed();
    client.say('POST / HTTP/1.1', 'Host: gitlab.test', 'Content-Length: 5000');
    client.socket.write('x'.repeat(5000));
    await client.hears(/the origin got 5000 bytes/);
    // The request is the body and its head; whoever has heard all has not waited behind the last part.
    expect(clock.elapsed() - began).toBeGreaterThanOrEqual(5000);
    expect(clock.elapsed() - began).toBeLessThanOrEqual(5500);
    expect(fault.struck).toHaveLength(2);
    fault.off();
    const later = clock.elapsed();
    inTunnel(client);
    await client.hears(/the origin got 5000 bytes[\s\S]*the origin got 0 bytes/);
    // The wait behind the last part may still have been under way.
    expect(clock.elapsed() - later).toBeLessThanOrEqual(100);
  });
});
