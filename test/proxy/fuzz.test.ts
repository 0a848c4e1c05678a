import { expect, test, vi } from 'vitest';
import { realClock } from '../../harness/clock/index.ts';
import { countingSink, Ledger, Secrets } from '../../harness/ledger/index.ts';
import { createTripwire } from '../../harness/proxy/index.ts';
import { COUNT, fireAll, randomNumbers, SEED } from '../fuzz.ts';
import { hasSquid, ProxyStage } from './stage.ts';

const KINDS = ['basic', 'keep-alive', ...(hasSquid ? (['squid'] as const) : [])] as const;

/** Makes one malformed or unauthorised request after another; none may get through to `origin`. */
function requests(seed: number, origin: string, credentials: string): () => Buffer {
  const below = randomNumbers(seed);
  const one = <T>(choices: readonly T[]): T => choices[below(choices.length)] as T;
  const host = new URL(origin).host;
  const noise = (length: number): string => Buffer.from(Array.from({ length }, () => below(256))).toString('latin1');
  const right = `Proxy-Authorization: ${credentials}`;
  const wrong = (): string =>
    one([
      'Proxy-Authorization: Basic',
      'Proxy-Authorization: Basic ====',
      `Proxy-Authorization: Basic ${noise(8).replace(/[\r\n]/g, '')}`,
      'Proxy-Authorization: Digest username="',
      'Proxy-Authorization: NTLM TlRMTVNTUAABAAAA',
      'Proxy-Authorization: Bearer x',
      `Authorization: ${credentials}`,
      `Proxy-Authorization : ${credentials}`,
      'X: y',
    ]);
  const method = (): string => one(['GET', 'POST', 'CONNECT', 'OPTIONS', 'PATCH', 'get', 'TRACE', 'BREW', noise(3)]);
  const shapes: readonly (() => string)[] = [
    // Well-formed, without the right credentials.
    () => `${method()} ${one([`${origin}/`, host, '*', '/'])} HTTP/1.1\r\nHost: ${host}\r\n${wrong()}\r\n\r\n`,
    // Right credentials, for a target that is none or nobody's.
    () =>
      `${method()} ${one(['http://', 'http://[', `ftp://${host}/`, `https://${host}/`, '//', 'gitlab.test', 'gitlab.test:', 'gitlab.test:0', 'gitlab.test:99999', 'gitlab.test:x', `elsewhere.test:80`, '127.0.0.1:22', '[::1]:80', `${host}@elsewhere.test:80`, `${noise(6).replace(/\s/g, '')}`])} HTTP/1.1\r\nHost: x\r\n${right}\r\n\r\n`,
    // No HTTP at all.
    () => noise(1 + below(200)),
    () => `${noise(below(10))}\r\n\r\n`,
    () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    // Heads that contradict themselves.
    () =>
      `POST ${origin}/ HTTP/1.1\r\nHost: ${host}\r\n${wrong()}\r\n${one(['Content-Length: -1', 'Content-Length: 5\r\nContent-Length: 6', 'Content-Length: 1\r\nTransfer-Encoding: chunked', 'Transfer-Encoding: identity', 'Transfer-Encoding: chunked, x', 'Content-Length: 99999999999999999999'])}\r\n\r\nx`,
    () => `GET ${origin}/ HTTP/${one(['1.2', '2.0', '9', 'x', '0.9', ''])}\r\n${wrong()}\r\n\r\n`,
    () => `GET ${origin}/ HTTP/1.1\r\n${noise(20)}: ${noise(20)}\r\n${wrong()}\r\n\r\n`,
    () => `GET ${origin}/ HTTP/1.1\nHost: ${host}\n\n`,
    // Never finished.
    () => `GET ${origin}/ HTTP/1.1\r\nHost: ${'x'.repeat(below(40_000))}`,
    () =>
      `POST ${origin}/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n${wrong()}\r\n\r\n${one(['zz\r\n', 'ffffffffffff\r\n', '-1\r\n', '5\r\nab'])}`,
    // One request behind another.
    () => `GET ${origin}/ HTTP/1.1\r\n\r\nGET ${origin}/ HTTP/1.1\r\n\r\n`,
  ];
  return () => Buffer.from(one(shapes)(), 'latin1');
}

test.each(KINDS)(
  'malformed requests neither crash nor pass a proxy of kind %s',
  async (kind) => {
    await using stage = await ProxyStage.create({ kind });
    await fireAll(stage.proxy.port, requests(SEED, stage.http, stage.basic));
    expect(stage.seen).toEqual([]);
    expect(stage.evidence.proxy().filter(({ madeBy, tunnel }) => madeBy === 'origin' || tunnel)).toEqual([]);
    expect((await stage.curl(stage.http)).stdout).toBe('the origin got 0 bytes');
  },
  120_000,
);

test('malformed requests do not crash the tripwire, and each leaves its mark', async () => {
  const clock = realClock();
  const ledger = new Ledger({ case: 'test', clock, secrets: new Secrets(), sink: countingSink() });
  await using tripwire = createTripwire({ ledger });
  const port = await tripwire.listen();
  await fireAll(port, requests(SEED, 'http://gitlab.test:1', 'Basic eDp5'));
  const marks = (): number => ledger.events.filter(({ kind }) => kind === 'tripwire').length;
  await vi.waitFor(() => expect(marks()).toBe(COUNT), { timeout: 10_000 });
}, 120_000);
