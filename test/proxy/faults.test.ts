import { describe, expect, test } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import type { Fault, ProxyKind } from '../../harness/proxy/index.ts';
import { ask, get, host, inTunnel, post, tunnel } from './asking.ts';
import { hasSquid, ProxyStage, type RawClient } from './stage.ts';

const OURS: readonly ProxyKind[] = ['basic', 'keep-alive'];
const ALL: readonly ProxyKind[] = ['basic', 'keep-alive', ...(hasSquid ? (['squid'] as const) : [])];

describe.each(ALL)('requests of one method to a proxy of kind %s', (kind) => {
  test('reset on-request: strikes those alone', async () => {
    await using stage = await ProxyStage.create({ kind });
    using fault = stage.proxy.inject({ fault: 'reset', when: 'on-request', line: 'POST ' });
    const [reader, writer] = [stage.connect(), stage.connect()];
    get(stage, reader);
    await reader.hears(/the origin got 0 bytes/);
    post(stage, writer, 'content');
    expect(await writer.ends()).toBe('ECONNRESET');
    expect(fault.struck.map(({ detail }) => detail.split(' ')[0])).toEqual(['POST']);
    expect(fault.explain()).toBe(
      "Ends the connection with RST when a request's head is there with POST in its first line.",
    );
  });
});

describe.each(OURS)('answers of a proxy of kind %s to one method', (kind) => {
  test('every other request passes', async () => {
    await using stage = await ProxyStage.create({ kind });
    using fault = stage.proxy.inject({ fault: 'answer', status: 502, line: 'POST ' });
    const [reader, writer] = [stage.connect(), stage.connect()];
    get(stage, reader);
    await reader.hears(/the origin got 0 bytes/);
    post(stage, writer, 'content');
    await writer.hears(/^HTTP\/1\.1 502 /);
    expect(fault.explain()).toBe('Answers every request with POST in its first line by itself with 502.');
  });
});

describe.each(ALL)('connections to a proxy of kind %s', (kind) => {
  test('refuse: new ones are refused, until it is off', async () => {
    await using stage = await ProxyStage.create({ kind });
    const open = stage.connect();
    get(stage, open);
    await open.hears(/the origin got 0 bytes/);
    const fault = stage.proxy.inject({ fault: 'refuse' });
    expect(await stage.connect().ends()).toBe('ECONNREFUSED');
    get(stage, open, '/again');
    await open.hears(/the origin got 0 bytes[\s\S]*the origin got 0 bytes/);
    fault.off();
    const client = await stage.until('that it listens again', () => stage.connect());
    get(stage, client);
    await client.hears(/the origin got 0 bytes/);
  });

  test('hang on-connect: takes them and never answers; off resets them', async () => {
    await using stage = await ProxyStage.create({ kind });
    const fault = stage.proxy.inject({ fault: 'hang', when: 'on-connect' });
    const client = stage.connect();
    get(stage, client);
    await stage.until('the strike', () => stage.strikes('hang') === 1);
    expect(client.ended).toBeUndefined();
    fault.off();
    expect(await client.ends()).toBe('ECONNRESET');
    expect([client.text, stage.seen.length]).toEqual(['', 0]);
  });

  test('hang without a moment: what is open stands still too', async () => {
    await using stage = await ProxyStage.create({ kind });
    const [idle, tunneled] = [stage.connect(), await tunnel(stage)];
    get(stage, idle);
    await idle.hears(/the origin got 0 bytes/);
    inTunnel(tunneled);
    await tunneled.hears(/the origin got 0 bytes/);
    const seen = stage.seen.length;
    idle.text = '';
    tunneled.text = '';
    const fault = stage.proxy.inject({ fault: 'hang' });
    get(stage, idle);
    inTunnel(tunneled);
    await stage.until('that a new one is struck', () => {
      if (stage.strikes('hang') === 0) get(stage, stage.connect());
      return stage.strikes('hang') > 0;
    });
    fault.off();
    expect(await Promise.all([idle.ends(), tunneled.ends()])).toEqual(['ECONNRESET', 'ECONNRESET']);
    expect([idle.text, tunneled.text, stage.seen.length]).toEqual(['', '', seen]);
  });

  test.each([
    ['reset', 'ECONNRESET'],
    ['close', 'FIN'],
  ] as const)('%s on-connect, on-request and after-connect', async (name, end) => {
    await using stage = await ProxyStage.create({ kind });
    {
      using _ = stage.proxy.inject({ fault: name, when: 'on-connect' });
      expect(await stage.connect().ends()).toBe(end);
    }
    {
      using _ = stage.proxy.inject({ fault: name, when: 'on-request' });
      for (const say of [get, ask]) {
        const client = stage.connect();
        say(stage, client);
        expect([await client.ends(), client.text]).toEqual([end, '']);
      }
    }
    {
      using _ = stage.proxy.inject({ fault: name, when: 'after-connect' });
      const client = stage.connect();
      ask(stage, client);
      expect(await client.ends()).toBe(end);
      expect(client.text).toMatch(/^HTTP\/1\.1 200 /);
      const forwarded = stage.connect();
      get(stage, forwarded);
      await forwarded.hears(/the origin got 0 bytes/);
    }
    expect(stage.strikes(name)).toBe(4);
    expect(stage.seen).toHaveLength(1);
  });

  test.each(['on-request', 'after-connect'] as const)(
    'hang %s: the request is taken and never answered',
    async (when) => {
      await using stage = await ProxyStage.create({ kind });
      const fault = stage.proxy.inject({ fault: 'hang', when });
      const client = stage.connect();
      ask(stage, client);
      if (when === 'after-connect') {
        await client.hears(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n/);
        inTunnel(client);
      }
      await stage.until('the strike', () => stage.strikes('hang') === 1);
      fault.off();
      expect(await client.ends()).toBe('ECONNRESET');
      expect(client.text).not.toContain('the origin got');
      expect(stage.seen).toHaveLength(0);
    },
  );

  test('half-header and garbage, on-request and after-connect', async () => {
    await using stage = await ProxyStage.create({ kind });
    for (const [fault, what] of [
      ['half-header', /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/pl$/],
      ['garbage', /^[^H].*this is no HTTP/],
    ] as const) {
      for (const when of ['on-request', 'after-connect'] as const) {
        using _ = stage.proxy.inject({ fault, when });
        const client = stage.connect();
        ask(stage, client);
        expect(await client.ends()).toBe('FIN');
        const text = when === 'on-request' ? client.text : client.text.replace(/^HTTP[\s\S]*?\r\n\r\n/, '');
        expect(text).toMatch(what);
        if (when === 'after-connect') expect(client.text).toMatch(/^HTTP\/1\.1 200 [Cc]onnection [Ee]stablished/);
      }
      expect(stage.strikes(fault)).toBe(2);
    }
  });

  test('reset in mid-body, down: exactly that many bytes of the body come', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.answer = (_, response) => response.end('x'.repeat(100_000));
    stage.proxy.inject({ fault: 'reset', when: { atByte: 1000, direction: 'down' } });
    const client = stage.connect();
    get(stage, client);
    expect(await client.ends()).toBe('ECONNRESET');
    expect(client.text.replace(/^[\s\S]*?\r\n\r\n/, '')).toBe('x'.repeat(1000));
    const cut = await stage.until('the broken answer', (seen) => seen.proxy().find(({ responseBody }) => responseBody));
    expect(cut.responseBody?.complete).toBe(false);
  });

  test('close and hang in mid-body, up: the origin gets no whole body', async () => {
    await using stage = await ProxyStage.create({ kind });
    {
      using _ = stage.proxy.inject({ fault: 'close', when: { atByte: 500, direction: 'up' } });
      const client = stage.connect();
      post(stage, client, 'y'.repeat(2000));
      expect(await client.ends()).toMatch(/FIN|ECONNRESET/);
      expect(client.text).toBe('');
    }
    const fault = stage.proxy.inject({ fault: 'hang', when: { atByte: 500, direction: 'up' } });
    const client = stage.connect();
    post(stage, client, 'y'.repeat(2000));
    await stage.until('the strike', () => stage.strikes('hang') === 1);
    fault.off();
    expect(await client.ends()).toBe('ECONNRESET');
    expect([client.text, stage.seen.length]).toEqual(['', 0]);
  });

  test('reset in the middle of a tunnel that was open before', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.answer = (_, response) => response.end('x'.repeat(100_000));
    const client = await tunnel(stage);
    stage.proxy.inject({ fault: 'reset', when: { atByte: 5000, direction: 'down' } });
    inTunnel(client);
    expect(await client.ends()).toBe('ECONNRESET');
    expect(client.text).toHaveLength(5000);
    expect(stage.strikes('reset')).toBe(1);
  });

  test('slow: no more bytes a second than it says, in a body and in a tunnel', async () => {
    const clock = simulatedClock();
    await using stage = await ProxyStage.create({ kind }, { clock });
    const release = clock.hold();
    stage.answer = (_, response) => response.end('x'.repeat(3000));
    const [client, open] = [stage.connect(), await tunnel(stage)];
    const fault = stage.proxy.inject({ fault: 'slow', bytesPerSecond: 10_000 });
    for (const [asks, which] of [
      [get, client],
      [(_: ProxyStage, each: RawClient) => inTunnel(each), open],
    ] as const) {
      const started = clock.elapsed();
      asks(stage, which);
      await which.hears(/x{3000}/);
      // Whoever has heard all has not waited for what comes after the last part.
      expect(clock.elapsed() - started).toBeGreaterThanOrEqual(200);
      expect(clock.elapsed() - started).toBeLessThanOrEqual(400);
    }
    expect(fault.struck.length).toBeGreaterThanOrEqual(2);
    release();
  });

  test('delay: waits before it answers, as it says for which', async () => {
    const clock = simulatedClock();
    await using stage = await ProxyStage.create({ kind }, { clock });
    const release = clock.hold();
    stage.proxy.inject({ fault: 'delay', ms: 150, on: 'forward' });
    await tunnel(stage);
    expect([clock.elapsed(), stage.strikes('delay')]).toEqual([0, 0]);
    const client = stage.connect();
    get(stage, client);
    await client.hears(/the origin got 0 bytes/);
    expect([clock.elapsed(), stage.strikes('delay')]).toEqual([150, 1]);
    release();
  });

  test('idle-cut: cuts what stands still, an answer that is awaited included, and nothing else', async () => {
    const clock = simulatedClock();
    await using stage = await ProxyStage.create({ kind }, { clock });
    let release = clock.hold();
    const pass = async (ms: number): Promise<void> => {
      release();
      await clock.sleep(ms);
      release = clock.hold();
    };
    const asked = Promise.withResolvers<void>();
    stage.answer = (request, response) => {
      if (request.url === '/talk') response.end('talking');
      else asked.resolve();
    };
    const [waiting, open] = [stage.connect(), await tunnel(stage)];
    stage.proxy.inject({ fault: 'idle-cut', afterMs: 200 });
    get(stage, waiting);
    await asked.promise;
    await pass(100);
    inTunnel(open, '/talk');
    await open.hears(/talking/);
    await pass(100);
    expect(await waiting.ends()).toMatch(/FIN|closed/);
    expect([open.ended, stage.strikes('idle-cut'), clock.elapsed()]).toEqual([undefined, 1, 200]);
    await pass(100);
    await open.ends();
    expect([stage.strikes('idle-cut'), clock.elapsed()]).toEqual([2, 300]);
    release();
  });

  test('a fault with a number of times strikes so often, and lets everything be afterwards', async () => {
    await using stage = await ProxyStage.create({ kind });
    const fault = stage.proxy.inject({ fault: 'reset', when: 'on-request', times: 2 });
    for (const end of ['ECONNRESET', 'ECONNRESET', undefined]) {
      const client = stage.connect();
      get(stage, client);
      if (end) expect(await client.ends()).toBe(end);
      else await client.hears(/the origin got 0 bytes/);
    }
    expect(fault.struck.map(({ target, detail }) => [target, detail])).toEqual([
      ['forward', `GET ${stage.http}/`],
      ['forward', `GET ${stage.http}/`],
    ]);
  });

  test('a slow stream stays slow when it was the last one that the fault was to strike', async () => {
    const clock = simulatedClock();
    await using stage = await ProxyStage.create({ kind }, { clock });
    const release = clock.hold();
    stage.answer = (_, response) => response.end('x'.repeat(3000));
    stage.proxy.inject({ fault: 'slow', bytesPerSecond: 10_000, times: 1 });
    const client = stage.connect();
    get(stage, client);
    await client.hears(/x{3000}/);
    expect(clock.elapsed()).toBeGreaterThanOrEqual(200);
    const first = clock.elapsed();
    get(stage, client);
    await client.hears(/x{3000}[\s\S]*x{3000}/);
    // The wait after the last part of the first answer may still have been under way.
    expect(clock.elapsed() - first).toBeLessThanOrEqual(100);
    expect(stage.strikes('slow')).toBe(1);
    release();
  });

  test('stop, start and restart keep the port', async () => {
    await using stage = await ProxyStage.create({ kind });
    const { port } = stage.proxy;
    const open = await tunnel(stage);
    await stage.proxy.stop();
    expect(await open.ends()).toMatch(/FIN|ECONNRESET/);
    expect(await stage.connect().ends()).toBe('ECONNREFUSED');
    await stage.proxy.start();
    const again = await tunnel(stage);
    await stage.proxy.restart();
    expect(await again.ends()).toMatch(/FIN|ECONNRESET/);
    await tunnel(stage);
    expect(stage.proxy.port).toBe(port);
    expect(stage.evidence.of('fault').map(({ name, state }) => `${name} ${state}`)).toEqual([
      'stop on',
      'stop off',
      'restart struck',
    ]);
  });

  test('a fault is recorded when it is switched on, when it strikes, and when it is switched off', async () => {
    await using stage = await ProxyStage.create({ kind });
    const fault = stage.proxy.inject({ fault: 'reset', when: 'on-request' });
    const client = stage.connect();
    get(stage, client, '/struck');
    await client.ends();
    fault.off();
    fault.off();
    expect(stage.evidence.of('fault').map(({ state, does, detail }) => [state, does, detail])).toEqual([
      ['on', fault.explain(), '{"when":"on-request"}'],
      ['struck', undefined, `GET ${stage.http}/struck`],
      ['off', undefined, undefined],
    ]);
  });
});

describe.skipIf(!hasSquid)('squid', () => {
  test('says of a fault that it cannot have', async () => {
    await using stage = await ProxyStage.create({ kind: 'squid' });
    expect(() => stage.proxy.inject({ fault: 'answer', status: 429 })).toThrow(
      /The fault answer cannot be switched on at squid [\d.]+\. Squid is the real one/,
    );
    expect(stage.evidence.of('fault')).toHaveLength(0);
  });

  test('writes its access log into the ledger', async () => {
    await using stage = await ProxyStage.create({ kind: 'squid' });
    await stage.curl(`${stage.http}/logged`);
    const entry = await stage.until('a line of the access log', (evidence) =>
      evidence.logs(/TCP_MISS\/200/, 'proxy').find(({ stream }) => stream === 'access'),
    );
    expect(entry.fields).toMatchObject({
      method: 'GET',
      target: `${stage.http}/logged`,
      status: 200,
      authenticated: true,
      connection: stage.evidence.proxy().at(-1)?.connection,
    });
  });
});

describe.each(OURS)('requests to a proxy of kind %s', (kind) => {
  const status = (text: string): number => Number(/HTTP\/1\.1 (\d+)/.exec(text)?.[1]);

  test('answer: a status of its own for forwarded requests, for CONNECT, for both', async () => {
    await using stage = await ProxyStage.create({ kind });
    for (const on of ['forward', 'connect', 'any'] as const) {
      using _ = stage.proxy.inject({ fault: 'answer', status: 429, on, headers: [['RateLimit-ResetTime', 'soon']] });
      const [forwarded, connect] = [stage.connect(), stage.connect()];
      get(stage, forwarded);
      ask(stage, connect);
      const expected = [on === 'connect' ? 200 : 429, on === 'forward' ? 200 : 429];
      await Promise.all([forwarded.hears(/\r\n\r\n/), connect.hears(/\r\n\r\n/)]);
      expect([status(forwarded.text), status(connect.text)]).toEqual(expected);
      if (on !== 'connect') expect(forwarded.text).toContain('\r\nRateLimit-ResetTime: soon\r\n');
    }
    expect(stage.strikes('answer')).toBe(4);
    expect(stage.evidence.proxy().filter((each) => each.status === 429 && each.madeBy === 'self')).toHaveLength(4);
  });

  test('answer: to those alone that send no credentials', async () => {
    await using stage = await ProxyStage.create({ kind });
    using _ = stage.proxy.inject({ fault: 'answer', status: 403, anonymousOnly: true });
    const anonymous = stage.connect();
    anonymous.say(`GET ${stage.http}/ HTTP/1.1`, `Host: ${host(stage.http)}`);
    await anonymous.hears(/^HTTP\/1\.1 403 /);
    const known = stage.connect();
    get(stage, known);
    await known.hears(/the origin got 0 bytes/);
  });

  test('answer: every shape of body, reason phrase and connection', async () => {
    await using stage = await ProxyStage.create({ kind });
    const fault = (more: object): Fault => ({ fault: 'answer', status: 503, ...more });
    for (const say of [get, ask]) {
      const shape = async (more: object): Promise<RawClient> => {
        using _ = stage.proxy.inject(fault(more));
        const client = stage.connect();
        say(stage, client);
        await client.hears(/\r\n\r\n/);
        return client;
      };
      const named = await shape({ reason: 'Gone Fishing', connection: 'close' });
      expect(named.text).toMatch(/^HTTP\/1\.1 503 Gone Fishing\r\n/);
      expect(await named.ends()).toBe('FIN');
      expect((await shape({ reason: '' })).text).toMatch(/^HTTP\/1\.1 503 ?\r\n/);

      const chunked = await shape({ body: { framing: 'chunked', text: 'portal' } });
      await chunked.hears(/transfer-encoding: chunked[\s\S]*\r\n\r\n6\r\nportal\r\n0\r\n\r\n$/i);
      const split = await shape({ body: { framing: 'split', text: 'portal' } });
      await split.hears(/content-length: 6[\s\S]*\r\n\r\nportal$/i);
      const unframed = await shape({ body: { framing: 'none', text: 'portal' }, connection: 'keep-alive' });
      expect(await unframed.ends()).toBe('FIN');
      expect(unframed.text).toMatch(/\r\n\r\nportal$/);
      expect(unframed.text).not.toMatch(/content-length|transfer-encoding/i);

      const kept = await shape({ body: { framing: 'length', text: 'portal' }, connection: 'keep-alive' });
      await kept.hears(/portal$/);
      get(stage, kept, '/next');
      await kept.hears(/the origin got 0 bytes/);
    }
  });

  test('answer 407: with the challenge of the scheme', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.proxy.inject({ fault: 'answer', status: 407 });
    const client = stage.connect();
    get(stage, client);
    await client.hears(/407 Proxy Authentication Required[\s\S]*Proxy-Authenticate: Basic realm=[\s\S]*\r\n\r\n/i);
  });

  test('close-on-status: adds Connection: close, and closes', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.answer = (request, response) => {
      response.statusCode = request.url === '/limited' ? 429 : 200;
      response.end('said');
    };
    stage.proxy.inject({ fault: 'close-on-status', statuses: [429] });
    const client = stage.connect();
    get(stage, client);
    await client.hears(/200 OK[\s\S]*said/);
    get(stage, client, '/limited');
    await client.hears(/429[\s\S]*connection: close[\s\S]*said/i);
    expect(await client.ends()).toBe('FIN');
    expect(stage.strikes('close-on-status')).toBe(1);
  });

  test('close-on-status: closes after a CONNECT that was turned down, too', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.proxy.inject({ fault: 'answer', status: 429, on: 'connect', connection: 'keep-alive' });
    stage.proxy.inject({ fault: 'close-on-status', statuses: [429] });
    const client = stage.connect();
    ask(stage, client);
    await client.hears(/^HTTP\/1\.1 429 [\s\S]*\r\nConnection: close\r\n/);
    expect(await client.ends()).toBe('FIN');
    expect(stage.strikes('close-on-status')).toBe(1);
  });

  test('body-limit: 413, by its length and by its bytes', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.proxy.inject({ fault: 'body-limit', bytes: 10 });
    expect((await stage.curl(stage.http, '-d', '1234567890')).stdout).toBe('the origin got 10 bytes');
    const long = ['-d', '12345678901', '-w', ' %{http_code}'];
    expect((await stage.curl(stage.http, ...long)).stdout).toMatch(/413$/);
    expect((await stage.curl(stage.http, ...long, '-H', 'Transfer-Encoding: chunked')).stdout).toMatch(/413$/);
    expect(stage.seen).toHaveLength(1);
    expect(stage.strikes('body-limit')).toBe(2);
  });

  test('no-chunked: 411', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.proxy.inject({ fault: 'no-chunked' });
    const { stdout } = await stage.curl(
      stage.http,
      '-d',
      'x',
      '-H',
      'Transfer-Encoding: chunked',
      '-w',
      ' %{http_code}',
    );
    expect(stdout).toMatch(/411$/);
    expect((await stage.curl(stage.http, '-d', 'x')).stdout).toBe('the origin got 1 bytes');
  });

  test('buffer-requests: the origin gets nothing before all is there', async () => {
    await using stage = await ProxyStage.create({ kind });
    const begun: number[] = [];
    stage.proxy.inject({ fault: 'buffer-requests' });
    const client = stage.connect();
    const length = 'Content-Length: 6';
    client.say(
      `POST ${stage.http}/ HTTP/1.1`,
      `Host: ${host(stage.http)}`,
      `Proxy-Authorization: ${stage.basic}`,
      length,
    );
    client.socket.write('abc');
    await stage.until('the request', (seen) => seen.proxy()[0]);
    stage.answer = (_, response, body) => {
      begun.push(body.length);
      response.end('whole');
    };
    client.socket.write('def');
    await client.hears(/whole/);
    expect(stage.seen[0]?.body).toBe('abcdef');
    expect(stage.strikes('buffer-requests')).toBe(1);
  });

  test('truncate: the first bytes of a body, and the end', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.proxy.inject({ fault: 'truncate', bytes: 10 });
    const { code, stdout } = await stage.curl(stage.http);
    // curl 18: transfer closed with outstanding data remaining.
    expect({ code, stdout }).toEqual({ code: 18, stdout: 'the origin' });
    stage.answer = (_, response) => response.end('short');
    expect(await stage.curl(stage.http)).toMatchObject({ code: 0, stdout: 'short' });
  });

  test('expect: nobody answers, the origin answers, the proxy answers', async () => {
    await using stage = await ProxyStage.create({ kind });
    const upload = (client: RawClient): void => {
      client.say(
        `POST ${stage.http}/ HTTP/1.1`,
        `Host: ${host(stage.http)}`,
        `Proxy-Authorization: ${stage.basic}`,
        'Content-Length: 3',
        'Expect: 100-continue',
      );
    };
    for (const [how, expects] of [
      ['swallow', false],
      ['answer', false],
      ['forward', true],
    ] as const) {
      using _ = stage.proxy.inject({ fault: 'expect', how });
      const client = stage.connect();
      upload(client);
      if (how === 'swallow') await stage.until('the strike', () => stage.strikes('expect') === 1);
      else await client.hears(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
      client.socket.write('abc');
      await client.hears(/the origin got 3 bytes/);
      expect(client.text.includes('100 Continue')).toBe(how !== 'swallow');
      expect('expect' in (stage.seen.at(-1)?.headers ?? {})).toBe(expects);
    }
    expect(stage.strikes('expect')).toBe(3);
  });

  test('headers: stripped and rewritten, of requests and of responses', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.answer = (_, response) => {
      response.setHeader('RateLimit-ResetTime', 'soon');
      response.setHeader('Location', 'there');
      response.end();
    };
    stage.proxy.inject({ fault: 'headers', of: 'request', strip: ['X-Gone'], rewrite: { 'x-changed': 'after' } });
    stage.proxy.inject({
      fault: 'headers',
      of: 'response',
      strip: ['ratelimit-resettime'],
      rewrite: { Location: 'here' },
    });
    const { stdout } = await stage.curl(stage.http, '-H', 'X-Gone: 1', '-H', 'X-Changed: before', '-D', '-');
    expect(stage.seen[0]?.headers).toMatchObject({ 'x-changed': 'after' });
    expect(stage.seen[0]?.headers).not.toHaveProperty('x-gone');
    expect(stdout).toMatch(/\r\nlocation: here\r\n/i);
    expect(stdout).not.toMatch(/ratelimit/i);
    expect(stage.evidence.proxy().at(-1)?.headers).toContainEqual(['X-Gone', '1']);
  });

  test('duplicate-header: the origin gets a header of a request twice', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.proxy.inject({ fault: 'duplicate-header', of: 'request', name: 'x-once', value: 'second' });
    await stage.curl(stage.http, '-H', 'X-Once: first');
    const { rawHeaders = [] } = stage.seen[0] ?? {};
    expect(rawHeaders.filter((_, index) => /^x-once$/i.test(rawHeaders[index - 1] ?? ''))).toEqual(['first', 'second']);
  });

  test('headers: a proxy that strips its own challenge or credentials', async () => {
    await using stage = await ProxyStage.create({ kind });
    stage.proxy.inject({ fault: 'headers', of: 'request', strip: ['Proxy-Authorization'] });
    const client = stage.connect();
    get(stage, client);
    await client.hears(/^HTTP\/1\.1 407/);
  });

  test('allow-only: other ports for CONNECT, other methods and other hosts get 403', async () => {
    await using stage = await ProxyStage.create({ kind });
    const code = async (...args: string[]): Promise<string> =>
      (await stage.curl(...args, '-o', '/dev/null', '-w', '%{http_code}%{http_connect}')).stdout;
    {
      using _ = stage.proxy.inject({ fault: 'allow-only', connectPorts: [443], methods: ['GET'] });
      expect(await code(stage.https)).toContain('403');
      expect(await code(stage.http, '-X', 'PATCH')).toContain('403');
      expect(await code(stage.http)).toContain('200');
    }
    {
      using _ = stage.proxy.inject({ fault: 'allow-only', connectPorts: [Number(new URL(stage.https).port)] });
      expect(await code(stage.https)).toContain('200');
    }
    using _ = stage.proxy.inject({ fault: 'allow-only', hosts: ['somewhere.test'] });
    expect(await code(stage.http)).toContain('403');
    expect(stage.strikes('allow-only')).toBe(3);
  });
});
