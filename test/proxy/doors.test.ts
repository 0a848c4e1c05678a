import { createServer, type Server, connect as tcpConnect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { ProxyKind } from '../../harness/proxy/index.ts';
import { hasSquid, ProxyStage, RawClient } from './stage.ts';

const ALL: readonly ProxyKind[] = ['basic', 'keep-alive', ...(hasSquid ? (['squid'] as const) : [])];

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

/** A listener of the world's own, behind which the proxy takes over. */
async function door(stage: ProxyStage): Promise<Server> {
  const server = createServer((socket) => stage.proxy.accept(socket)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return server;
}

describe.each(ALL)('a proxy of kind %s', (kind) => {
  test.each([false, true])('takes over connections that came by a door, over TLS: %s', async (tls) => {
    await using stage = await ProxyStage.create({ kind, tls });
    const server = await door(stage);
    const { user, password } = stage.proxy.auth;
    const proxy = `http${tls ? 's' : ''}://127.0.0.1:${portOf(server)}`;
    for (const url of [stage.http, stage.https]) {
      const { stdout } = await stage.plainCurl('--proxy', proxy, '--proxy-user', `${user}:${password}`, url);
      expect(stdout).toBe('the origin got 0 bytes');
    }
    const [connection] = stage.evidence.of('connection');
    expect(connection).toMatchObject({ via: 'subject', to: `127.0.0.1:${portOf(server)}`, tls });
    server.close();
  });

  test('resets what comes by a door while it is stopped, and does not say that it came', async () => {
    await using stage = await ProxyStage.create({ kind });
    const server = await door(stage);
    await stage.proxy.stop();
    const client = new RawClient(tcpConnect(portOf(server), '127.0.0.1'));
    expect(await client.ends()).toBe('ECONNRESET');
    expect(stage.evidence.of('connection')).toHaveLength(0);
    server.close();
  });

  test('refuses connections until it is started, when it begins paused', async () => {
    await using stage = await ProxyStage.create({ kind }, { startPaused: true });
    expect(stage.proxy.port).toBeGreaterThan(0);
    expect(await stage.connect().ends()).toBe('ECONNREFUSED');
    await stage.proxy.start();
    expect((await stage.curl(stage.http)).stdout).toBe('the origin got 0 bytes');
  });

  test('says so when its port was taken while it was stopped', async () => {
    await using stage = await ProxyStage.create({ kind });
    await stage.proxy.stop();
    const thief = createServer().listen(stage.proxy.port, '127.0.0.1');
    await new Promise((resolve) => thief.once('listening', resolve));
    await expect(stage.proxy.start()).rejects.toThrow(/cannot listen on 127\.0\.0\.1:\d+ again: .*EADDRINUSE/);
    await new Promise((resolve) => thief.close(resolve));
    await stage.proxy.start();
    expect((await stage.curl(stage.http)).stdout).toBe('the origin got 0 bytes');
  });
});

describe.skipIf(!hasSquid)('squid', () => {
  test('is told of an origin that it did not know when it started', async () => {
    await using stage = await ProxyStage.create({ kind: 'squid' }, { origins: [] });
    expect((await stage.curl(stage.http, stage.https)).stdout).toBe('the origin got 0 bytesthe origin got 0 bytes');
    expect((await stage.curl('http://elsewhere.test/', '-o', '/dev/null', '-w', '%{http_code}')).stdout).toBe('403');
  });

  test('gets other credentials while a tunnel and a kept connection stay open', async () => {
    await using stage = await ProxyStage.create({ kind: 'squid' });
    const host = new URL(stage.http).host;
    const [kept, tunnel] = [stage.connect(), stage.connect()];
    const get = (authorization: string): void =>
      kept.say(`GET ${stage.http}/ HTTP/1.1`, `Host: ${host}`, `Proxy-Authorization: ${authorization}`);
    get(stage.basic);
    tunnel.say(`CONNECT ${host} HTTP/1.1`, `Host: ${host}`, `Proxy-Authorization: ${stage.basic}`);
    await Promise.all([kept.hears(/got 0 bytes/), tunnel.hears(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n/)]);
    await stage.proxy.setCredentials({ user: 'other', password: 'other-password' });
    kept.text = '';
    get(stage.basic);
    await kept.hears(/^HTTP\/1\.1 407/);
    await kept.hears(/<\/html>/i);
    kept.text = '';
    get(`Basic ${Buffer.from('other:other-password').toString('base64')}`);
    await kept.hears(/^HTTP\/1\.1 200[\s\S]*got 0 bytes/);
    tunnel.say('GET / HTTP/1.1', `Host: ${host}`);
    await tunnel.hears(/got 0 bytes/);
    expect(stage.evidence.of('connection')).toHaveLength(2);
  });
});

describe('a parent proxy', () => {
  const resolve = (host: string): string | undefined => (host === 'gitlab.test' ? '127.0.0.1' : undefined);

  test('carries what the kind basic forwards and tunnels', async () => {
    await using parent = await ProxyStage.create({ kind: 'keep-alive' });
    await using child = await ProxyStage.create({ kind: 'basic' }, { upstream: new URL(parent.proxy.url), resolve });
    expect((await child.curl(parent.http, '-d', 'abc')).stdout).toBe('the origin got 3 bytes');
    expect((await child.curl(parent.https, '-d', 'abcd')).stdout).toBe('the origin got 4 bytes');
    expect(parent.evidence.proxy().map(({ method, status }) => [method, status])).toEqual([
      ['POST', 200],
      ['CONNECT', 200],
    ]);
    const tunnel = await child.until('the end of the tunnel', (seen) => seen.proxy().find((each) => each.tunnel));
    expect(tunnel.status).toBe(200);
    expect(child.seen).toHaveLength(0);
  });

  test('that refuses the credentials: proxy-chain says 597', async () => {
    await using parent = await ProxyStage.create({ kind: 'keep-alive' });
    await using child = await ProxyStage.create({ kind: 'basic' }, { upstream: new URL(parent.proxy.url), resolve });
    await parent.proxy.setCredentials(undefined);
    for (const url of [parent.http, parent.https]) {
      const { stdout } = await child.curl(url, '-o', '/dev/null', '-w', '%{http_code} %{http_connect}');
      expect(stdout).toContain('597');
    }
    expect(child.evidence.proxy().map(({ status, madeBy }) => [status, madeBy])).toEqual([
      [597, 'self'],
      [597, 'self'],
    ]);
  });

  test('is for the kind basic alone', async () => {
    const upstream = new URL('http://127.0.0.1:1');
    await expect(ProxyStage.create({ kind: 'keep-alive' }, { upstream })).rejects.toThrow(/only the kind basic/);
  });
});
