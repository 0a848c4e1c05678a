import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { checkRequest, LIMITS, MalformedMessage, parseRequestLine } from '../../harness/proxy/grammar/index.ts';
import { requestFraming } from '../../harness/proxy/squid/framing.ts';
import { type Fragment, MessageSplitter } from '../../harness/proxy/squid/splitter.ts';
import { randomNumbers, SEED, SEEDED } from '../fuzz.ts';
import { mutate } from '../mutate.ts';
import { SMUGGLED } from './smuggling/corpus.ts';
import { fill } from './smuggling/fill.ts';

const PLACE = { host: 'gitlab.test:8080', path: '/a', credentials: 'Basic eDp5' };
const CHANGED = 3000;

const splitter = (): MessageSplitter =>
  new MessageSplitter((head) => {
    const request = { ...parseRequestLine(head.startLine), headers: head.headers };
    checkRequest(request);
    return requestFraming(head, request.version);
  });

/** What the grammar makes of requests that come in these parts: each with its body, or `refused` at the end. */
function read(parts: readonly Buffer[]): string[] {
  const requests: string[] = [];
  const into = splitter();
  let open = '';
  try {
    for (const part of parts) {
      for (const piece of into.push(part) as Iterable<Fragment>) {
        if (piece.kind === 'head') open = `${piece.head.startLine} `;
        else if (piece.kind === 'body') open += piece.data.toString('latin1');
        else if (piece.kind === 'end') requests.push(open);
      }
    }
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
    requests.push('refused');
  }
  return requests;
}

/** How many of these bytes are whole requests that the grammar accepts. */
function acceptedOf(bytes: Buffer): number {
  const into = splitter();
  let accepted = 0;
  try {
    for (let at = 0; at < bytes.length; at += 1) {
      for (const { kind } of into.push(bytes.subarray(at, at + 1))) if (kind === 'end') accepted = at + 1;
    }
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
  }
  return accepted;
}

/** What Node's strict parser makes of the same bytes. */
async function readByNode(port: number, bytes: Buffer, heard: Map<number, string[]>): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      const from = socket.localPort ?? 0;
      heard.set(from, []);
      socket.resume();
      socket.once('close', () => resolve(heard.get(from) ?? []));
      socket.end(bytes);
    });
    socket.on('error', () => {});
  });
}

describe('the grammar of the relay', () => {
  test('accepts nothing that Node’s strict parser refuses, and reads the same requests and bodies', async () => {
    const heard = new Map<number, string[]>();
    const server = createServer({ maxHeaderSize: LIMITS.head, requireHostHeader: false }, (request, response) => {
      let body = '';
      request.setEncoding('latin1');
      request.on('data', (part: string) => {
        body += part;
      });
      request.on('end', () => {
        heard
          .get(request.socket.remotePort ?? 0)
          ?.push(`${request.method} ${request.url} HTTP/${request.httpVersion} ${body}`);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const below = randomNumbers(SEED);
    const texts = SMUGGLED.map(({ bytes }) => fill(bytes, PLACE)).filter(({ length }) => length < 5000);
    let accepted = 0;
    for (let left = CHANGED; left > 0; left -= 1) {
      const changed = Buffer.from(mutate(texts[below(texts.length)] ?? '', below, texts), 'latin1');
      const bytes = changed.subarray(0, acceptedOf(changed));
      const ours = read([bytes]);
      // A method that Node does not know is none of the grammar's business, and behind CONNECT there is a tunnel.
      if (ours.length === 0 || ours.some((each) => !/^(GET|POST) /.test(each))) continue;
      accepted += 1;
      expect(await readByNode(port, bytes, heard), `${JSON.stringify(bytes.toString('latin1'))} (${SEEDED})`).toEqual(
        ours,
      );
    }
    expect(accepted).toBeGreaterThan(100);
    server.close();
  }, 60_000);

  test.each(SMUGGLED.filter(({ bytes }) => bytes.length < 5000))(
    'reads $name byte by byte as it does at once',
    ({ bytes }) => {
      const whole = Buffer.from(fill(bytes, PLACE), 'latin1');
      const parts = Array.from(whole, (_, at) => whole.subarray(at, at + 1));
      // What comes in one part is refused with the first fault; until then all of it is the same.
      expect(read(parts)).toEqual(read([whole]));
    },
  );

  test.each([
    ['a head', `GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(20_000)}`],
    ['a line', `GET /${'x'.repeat(LIMITS.line)}`],
    [
      'a chunk line',
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${'0'.repeat(LIMITS.chunkLine + 1)}`,
    ],
    [
      'the trailers',
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${`X: ${'y'.repeat(1000)}\r\n`.repeat(17)}`,
    ],
  ])('refuses %s that is longer than its limit with 431', (_, text) => {
    const push = (): Fragment[] => [...splitter().push(Buffer.from(text))];
    expect(push).toThrow(/longer than|more than/);
    expect(push).toThrow(expect.objectContaining({ status: 431 }));
  });
});

describe('the Host of a CONNECT', () => {
  const wrongOf = (...hosts: string[]): string | undefined => {
    const headers = hosts.map((host) => ['Host', host] as const);
    return checkRequest({ method: 'CONNECT', target: 'gitlab.test:8443', version: '1.1', headers }).wrong;
  };

  test.each([[], ['gitlab.test:8443'], ['GitLab.test:8443'], ['gitlab.test'], ['gitlab.test:443'], ['gitlab.test:80']])(
    'may be left out, or its target, with the port or without: %s',
    (...hosts) => {
      expect(wrongOf(...hosts)).toBeUndefined();
    },
  );

  test.each(['proxy.test:3128', 'proxy.test', 'gitlab.test:8444', '', 'a host'])(
    'may not be another one: %s',
    (host) => {
      expect(wrongOf(host)).toBe(`its Host is ${host || 'empty'}, and its target is gitlab.test:8443`);
    },
  );
});
