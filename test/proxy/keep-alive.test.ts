import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ProxyStage, type RawClient } from './stage.ts';

const host = (url: string): string => new URL(url).host;

describe('a 407 that leaves the connection open', () => {
  test('for a forwarded request, its body included, and for CONNECT, all on one connection', async () => {
    await using stage = await ProxyStage.create({ kind: 'keep-alive' });
    const client = stage.connect();
    const next = async (what: RegExp): Promise<void> => {
      await client.hears(what);
      client.text = '';
    };
    client.say(`POST ${stage.http}/ HTTP/1.1`, 'Host: gitlab.test', 'Content-Length: 5');
    client.socket.write('hello');
    await next(/^HTTP\/1\.1 407 [\s\S]*Proxy-Authenticate: Basic [\s\S]*credentials required\.\n$/i);
    client.say(`CONNECT ${host(stage.http)} HTTP/1.1`, 'Host: gitlab.test');
    await next(/^HTTP\/1\.1 407 [\s\S]*credentials required\.\n$/i);
    client.say(`CONNECT ${host(stage.http)} HTTP/1.1`, 'Host: gitlab.test', 'Proxy-Authorization: Basic d3Jvbmc6');
    await next(/^HTTP\/1\.1 407 [\s\S]*credentials required\.\n$/i);
    client.say(`GET ${stage.http}/a HTTP/1.1`, 'Host: x', `Proxy-Authorization: ${stage.basic}`);
    await next(/the origin got 0 bytes/);
    client.say(`CONNECT ${host(stage.http)} HTTP/1.1`, 'Host: x', `Proxy-Authorization: ${stage.basic}`);
    await next(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n/);
    client.say('GET /b HTTP/1.1', 'Host: gitlab.test');
    await next(/the origin got 0 bytes/);
    expect(stage.evidence.of('connection')).toHaveLength(1);
    expect(stage.evidence.proxy().map(({ status }) => status)).toEqual([407, 407, 407, 200, 200]);
    expect(stage.seen.map(({ url }) => url)).toEqual(['/a', '/b']);
  });

  test('is what git needs: curl that asks first without credentials uses one connection', async () => {
    await using stage = await ProxyStage.create({ kind: 'keep-alive' });
    const { user, password } = stage.proxy.auth;
    const { stdout } = await stage.plainCurl(
      ...['--proxy', stage.proxy.urlWithoutCredentials, '--proxy-anyauth', '--proxy-user', `${user}:${password}`],
      ...[stage.https, '-d', 'x'],
    );
    expect(stdout).toBe('the origin got 1 bytes');
    expect(stage.evidence.proxy().map(({ method, status }) => [method, status])).toEqual([
      ['CONNECT', 407],
      ['CONNECT', 200],
    ]);
    expect(stage.evidence.of('connection')).toHaveLength(1);
  });
});

describe('forwarding by RFC 9110', () => {
  test('removes what belongs to one connection, and what Connection names', async () => {
    await using stage = await ProxyStage.create({
      kind: 'keep-alive',
      auth: { scheme: 'none', user: '', password: '' },
    });
    stage.answer = (_, response) => {
      response.setHeader('Connection', 'X-Hop-Back');
      response.setHeader('X-Hop-Back', '1');
      response.setHeader('X-End', '1');
      response.end('done');
    };
    const client = stage.connect();
    client.say(
      `GET ${stage.http}/x?y HTTP/1.1`,
      'Host: someone-else.test',
      'Connection: keep-alive, X-Hop',
      'Proxy-Connection: keep-alive',
      'Keep-Alive: timeout=5',
      'TE: trailers',
      'X-Hop: 1',
      'X-Stays: 1',
      'X-Stays: 2',
    );
    await client.hears(/done$/);
    expect(client.text).not.toMatch(/x-hop-back/i);
    expect(client.text).toMatch(/\r\nX-End: 1\r\n/i);
    expect(client.text).toMatch(/\r\nVia: 1\.1 proxyproof\r\n/);
    const headers = stage.seen[0]?.rawHeaders ?? [];
    expect(headers.join('|')).toBe(`Host|${host(stage.http)}|X-Stays|1|X-Stays|2|Via|1.1 proxyproof|Connection|close`);
  });

  test('keeps a chunked body chunked, an empty POST empty, and a path as it was written', async () => {
    await using stage = await ProxyStage.create({ kind: 'keep-alive' });
    await stage.curl(stage.http, '-d', 'abc', '-H', 'Transfer-Encoding: chunked');
    expect(stage.seen[0]).toMatchObject({ body: 'abc', headers: { 'transfer-encoding': 'chunked' } });
    const client = stage.connect();
    client.say(`POST ${stage.http}/a/../b//c%2f?d=%zz HTTP/1.1`, 'Host: x', `Proxy-Authorization: ${stage.basic}`);
    await client.hears(/the origin got 0 bytes/);
    expect(stage.seen[1]).toMatchObject({ url: '/a/../b//c%2f?d=%zz', headers: { 'content-length': '0' } });
    expect(stage.seen[1]?.headers).not.toHaveProperty('transfer-encoding');
  });

  test('breaks off where the origin does, and answers 502 where nobody listens', async () => {
    const resolve = (name: string): string | undefined => (name === 'gitlab.test' ? '127.0.0.1' : undefined);
    await using stage = await ProxyStage.create({ kind: 'keep-alive' }, { resolve });
    stage.answer = (_, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('only this');
      setImmediate(() => response.destroy());
    };
    expect(await stage.curl(stage.http)).toMatchObject({ code: 18, stdout: 'only this' });
    for (const url of ['http://gitlab.test:1/', 'https://gitlab.test:1/']) {
      const { stdout } = await stage.curl(url, '-o', '/dev/null', '-w', '%{http_code} %{http_connect}');
      expect(stdout).toContain('502');
    }
  });
});

describe('digest authentication (RFC 7616)', () => {
  const auth = { scheme: 'digest', user: 'Mufasa', password: 'Circle of Life' } as const;
  const NODE = { 'SHA-256': 'sha256', MD5: 'md5' } as const;

  interface Step {
    readonly algorithm?: keyof typeof NODE;
    readonly nonce: string;
    readonly nc?: string;
    readonly uri?: string;
    readonly password?: string;
  }

  function authorization({
    algorithm = 'SHA-256',
    nonce,
    nc = '00000001',
    uri = '/x',
    password = auth.password,
  }: Step) {
    const digest = (text: string): string => createHash(NODE[algorithm]).update(text).digest('hex');
    const secret = digest(`${auth.user}:proxyproof:${password}`);
    const response = digest(`${secret}:${nonce}:${nc}:mine:auth:${digest(`GET:${uri}`)}`);
    return `Proxy-Authorization: Digest username="${auth.user}", realm="proxyproof", nonce="${nonce}", uri="${uri}", algorithm=${algorithm}, qop=auth, nc=${nc}, cnonce="mine", response="${response}"`;
  }

  async function ask(stage: ProxyStage, client: RawClient, ...headers: string[]): Promise<string> {
    client.text = '';
    client.say(`GET ${stage.http}/x HTTP/1.1`, 'Host: x', ...headers);
    const [, status = ''] = await client.hears(/^HTTP\/1\.1 (\d+)[\s\S]*(?:required\.\n|got 0 bytes)$/);
    return status;
  }

  test('offers SHA-256 first, then MD5, and takes both', async () => {
    await using stage = await ProxyStage.create({ kind: 'keep-alive', auth });
    const client = stage.connect();
    expect(await ask(stage, client)).toBe('407');
    const offered = [
      ...client.text.matchAll(/Proxy-Authenticate: Digest [^\r]*algorithm=([\w-]+)[^\r]*nonce="([^"]+)"/gi),
    ];
    expect(offered.map(([, algorithm]) => algorithm)).toEqual(['SHA-256', 'MD5']);
    const nonce = offered[0]?.[2] ?? '';
    expect(await ask(stage, client, authorization({ nonce }))).toBe('200');
    expect(await ask(stage, client, authorization({ nonce, nc: '00000002', algorithm: 'MD5' }))).toBe('200');
  });

  test('takes no count twice, no foreign nonce, no other target and no wrong password', async () => {
    await using stage = await ProxyStage.create({ kind: 'keep-alive', auth });
    const client = stage.connect();
    await ask(stage, client);
    const nonce = /nonce="([^"]+)"/.exec(client.text)?.[1] ?? '';
    expect(await ask(stage, client, authorization({ nonce, password: 'wrong' }))).toBe('407');
    expect(client.text).not.toMatch(/stale=true/);
    expect(await ask(stage, client, authorization({ nonce, uri: '/other' }))).toBe('407');
    expect(await ask(stage, client, authorization({ nonce }))).toBe('200');
    expect(await ask(stage, client, authorization({ nonce }))).toBe('407');
    expect(client.text).toMatch(/stale=true/);
    expect(await ask(stage, client, authorization({ nonce: 'made-up' }))).toBe('407');
    expect(client.text).toMatch(/stale=true/);
    expect(stage.seen).toHaveLength(1);
  });
});

test('proxy-chain is given no digest, and a user name no colon', async () => {
  const digest = { scheme: 'digest', user: 'u', password: 'p' } as const;
  await expect(ProxyStage.create({ kind: 'basic', auth: digest })).rejects.toThrow(/proxy-chain knows no Digest/);
  const colon = { scheme: 'basic', user: 'a:b', password: 'p' } as const;
  await expect(ProxyStage.create({ kind: 'basic', auth: colon })).rejects.toThrow(/must not contain a colon/);
});

test('made-up credentials come from the random source', async () => {
  const random = (size: number): Buffer => Buffer.alloc(size, 7);
  await using stage = await ProxyStage.create({ kind: 'basic' }, { random });
  expect(stage.proxy.auth).toEqual({
    scheme: 'basic',
    user: 'user-07070707',
    password: Buffer.alloc(15, 7).toString('base64url'),
  });
});

describe.each(['basic', 'squid'] as const)('a client that closes in the middle of a body, at %s', (kind) => {
  test.each([
    ['of a stated length', 'Content-Length: 100', 'hello'],
    ['in chunks', 'Transfer-Encoding: chunked', '5\r\nhello\r\n'],
    ['of which nothing came', 'Transfer-Encoding: chunked', ''],
  ])('%s has left, and its body is cut', async (_what, framing, sent) => {
    await using stage = await ProxyStage.create({ kind });
    const client = stage.connect();
    const login = `Proxy-Authorization: ${stage.basic}`;
    client.say(`POST ${stage.http}/ HTTP/1.1`, `Host: ${host(stage.http)}`, login, framing);
    await stage.until('the request', (seen) => seen.proxy().length === 1);
    client.socket.end(sent);
    const body = await stage.until('the end of its body', (seen) => seen.proxy()[0]?.body);
    expect(body.complete).toBe(false);
    expect(stage.evidence.of('flag')).toEqual([]);
  });
});
