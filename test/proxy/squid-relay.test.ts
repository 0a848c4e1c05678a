import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedMemoryName } from '../../harness/process/index.ts';
import { get, host } from './asking.ts';
import { hasSquid, ProxyStage } from './stage.ts';

describe.skipIf(!hasSquid)('the relay before squid', () => {
  const connectTo = (stage: ProxyStage, target: string): string =>
    `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: ${stage.basic}\r\n\r\n`;
  const getFrom = (stage: ProxyStage, path: string): string =>
    `GET ${stage.http}${path} HTTP/1.1\r\nHost: ${host(stage.http)}\r\nProxy-Authorization: ${stage.basic}\r\n\r\n`;

  test('leaves no shared memory behind', async () => {
    const ours = (): string[] =>
      readdirSync('/dev/shm').filter((file) => file.startsWith(sharedMemoryName().replace(/X\d+$/, 'X')));
    const before = ours();
    const during = await (async () => {
      await using stage = await ProxyStage.create({ kind: 'squid' });
      expect(stage.seen).toEqual([]);
      return ours();
    })();
    expect(during.length).toBeGreaterThan(before.length);
    expect(ours()).toEqual(before);
  });

  test('records what comes right behind a CONNECT that squid turns down', async () => {
    await using stage = await ProxyStage.create({ kind: 'squid' });
    const client = stage.connect();
    client.socket.write(connectTo(stage, 'elsewhere.test:443') + getFrom(stage, '/behind'));
    await client.hears(/^HTTP\/1\.1 403 /);
    await Promise.race([client.hears(/the origin got 0 bytes/), client.ends()]);
    const recorded = stage.evidence.proxy().map(({ method, target }) => `${method} ${target}`);
    expect(recorded.slice(0, 1)).toEqual(['CONNECT elsewhere.test:443']);
    // Squid may close behind its refusal; what the origin got is in the record.
    for (const { url } of stage.seen) expect(recorded).toContain(`GET ${stage.http}${url}`);
  });

  test('takes what comes right behind a CONNECT for the tunnel’s own', async () => {
    await using stage = await ProxyStage.create({ kind: 'squid' });
    const client = stage.connect();
    client.socket.write(`${connectTo(stage, host(stage.http))}GET /inside HTTP/1.1\r\nHost: gitlab.test\r\n\r\n`);
    await client.hears(/^HTTP\/1\.1 200 [\s\S]*the origin got 0 bytes/);
    expect(stage.seen.map(({ url }) => url)).toEqual(['/inside']);
    client.socket.destroy();
    const tunnel = await stage.until('the end of the tunnel', (seen) => seen.proxy().find((each) => each.tunnel));
    expect(tunnel.tunnel?.bytesUp).toBe('GET /inside HTTP/1.1\r\nHost: gitlab.test\r\n\r\n'.length);
    expect(stage.evidence.proxy()).toHaveLength(1);
  });

  test('opens a tunnel behind a request that is still being answered', async () => {
    await using stage = await ProxyStage.create({ kind: 'squid' });
    const client = stage.connect();
    client.socket.write(
      `${getFrom(stage, '/first')}${connectTo(stage, host(stage.http))}GET /inside HTTP/1.1\r\nHost: gitlab.test\r\n\r\n`,
    );
    await client.hears(/got 0 bytes[\s\S]*HTTP\/1\.1 200 [\s\S]*got 0 bytes/);
    expect(stage.seen.map(({ url }) => url)).toEqual(['/first', '/inside']);
    expect(stage.evidence.of('flag')).toEqual([]);
    client.socket.destroy();
  });

  test('answers what was asked before, then refuses what is no HTTP', async () => {
    await using stage = await ProxyStage.create({ kind: 'squid' });
    const client = stage.connect();
    client.socket.write(`${getFrom(stage, '/first')}\0\0\0`);
    expect(await client.ends()).toBe('FIN');
    expect(client.text.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
    expect(stage.evidence.proxy().map(({ status }) => status)).toEqual([200]);
  });

  test('answers a body that goes wrong itself, once, and says so in the record', async () => {
    await using stage = await ProxyStage.create({ kind: 'squid' });
    const client = stage.connect();
    client.say(
      `POST ${stage.http}/ HTTP/1.1`,
      `Host: ${host(stage.http)}`,
      `Proxy-Authorization: ${stage.basic}`,
      'Transfer-Encoding: chunked',
    );
    client.socket.write('5\r\nhello\r\n-5\r\n');
    await client.ends();
    expect(client.text.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 400']);
    const [exchange] = stage.evidence.proxy();
    expect(exchange).toMatchObject({ status: 400, madeBy: 'self', body: { text: 'hello', complete: false } });
    expect(stage.evidence.of('flag')).toEqual([
      expect.objectContaining({ exchange: exchange?.id, what: expect.stringContaining('no hexadecimal number') }),
    ]);
    expect(stage.seen).toEqual([]);
  });

  test('a client that never ends its first line is refused, and does not fill the memory', async () => {
    await using stage = await ProxyStage.create({ kind: 'squid' });
    const client = stage.connect();
    const flood = 'x'.repeat(1024 * 1024);
    client.socket.write(`GET ${stage.http}/`);
    for (let sent = 0; sent < 64; sent += 1) client.socket.write(flood);
    await client.hears(/^HTTP\/1\.1 431 /);
    await client.ends();
    const other = stage.connect();
    get(stage, other);
    await other.hears(/the origin got 0 bytes/);
    other.socket.destroy();
  });
});
