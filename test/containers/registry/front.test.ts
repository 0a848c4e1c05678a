import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, request, type ServerResponse } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { machineClock, realClock } from '../../../harness/clock/index.ts';
import { createFront } from '../../../harness/containers/registry/front/index.ts';
import { countingSink, Evidence, Ledger, Secrets } from '../../../harness/ledger/index.ts';
import { createCertificateAuthority } from '../../../harness/tls/index.ts';

const MIB = 1024 * 1024;

/** A front before something that answers on a socket. */
async function arrange(behind: RequestListener, options: { readonly tls?: boolean } = {}) {
  await using undo = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-front-test-'));
  undo.defer(() => rm(dir, { recursive: true, force: true }));
  const socketPath = join(dir, 'socket');
  const server = createServer(behind).on('checkContinue', (req: IncomingMessage, res: ServerResponse) => {
    if (req.url === '/refuses') res.writeHead(401).end();
    else {
      res.writeContinue();
      behind(req, res);
    }
  });
  await new Promise<void>((resolve) => void server.listen(socketPath, resolve));
  undo.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const ledger = new Ledger({ case: 'test', clock: realClock(), secrets: new Secrets(), sink: countingSink() });
  const ca = options.tls ? await createCertificateAuthority('the test') : undefined;
  const certificate = await ca?.issue(['registry.test']);
  const front = undo.use(
    await createFront({
      ledger,
      host: 'registry.test',
      socketPath,
      listenerVia: 'proxy',
      ...(certificate ? { certificate } : {}),
    }),
  );
  const all = undo.move();
  return {
    front,
    ca: ca?.caPem,
    server,
    get evidence() {
      return new Evidence(ledger.events);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function ask(
  port: number,
  options: { readonly method?: string; readonly path?: string; readonly headers?: Record<string, string> },
  body?: readonly Buffer[],
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { headers = {}, ...line } = options;
    const req = request({ host: '127.0.0.1', port, ...line, headers: { Host: `registry.test:${port}`, ...headers } });
    req.on('response', async (res) =>
      resolve({ status: res.statusCode, headers: res.headers, body: await buffer(res) }),
    );
    req.on('error', reject);
    for (const part of body ?? []) req.write(part);
    req.end();
  });
}

const until = (what: string, condition: () => boolean): Promise<void> =>
  machineClock.until(30_000, what, () => condition() || undefined, { everyMs: 5 }).then(() => {});

describe('the front of a registry', () => {
  it('passes a request and its answer as they are, and records both', async () => {
    let seen: IncomingMessage['headers'] = {};
    await using arranged = await arrange((req, res) => {
      seen = req.headers;
      res.writeHead(202, 'Accepted', ['Location', '/v2/x', 'Docker-Upload-UUID', 'a-b', 'Content-Length', '0']).end();
    });
    const headers = { 'X-Forwarded-Proto': 'https', 'Content-Length': '0', Authorization: 'Bearer abcdef' };
    const reply = await ask(arranged.front.port, { method: 'POST', path: '/v2/a/blobs/uploads/', headers });
    expect(reply.status).toBe(202);
    expect(reply.headers).toMatchObject({ location: '/v2/x', 'docker-upload-uuid': 'a-b' });
    expect(seen).toMatchObject({
      host: `registry.test:${arranged.front.port}`,
      'x-forwarded-proto': 'http',
      authorization: 'Bearer abcdef',
      'content-length': '0',
    });
    const [exchange] = arranged.evidence.requests('registry', 'registry');
    expect(exchange).toMatchObject({
      method: 'POST',
      target: '/v2/a/blobs/uploads/',
      via: 'proxy',
      status: 202,
      reason: 'Accepted',
      responseBody: { bytes: 0, complete: true },
    });
    expect(exchange?.responseHeaders).toContainEqual(['Docker-Upload-UUID', 'a-b']);
    expect(arranged.evidence.of('connection')[0]).toMatchObject({ peer: 'registry', via: 'proxy', tls: false });
  });

  it('lets a large body through in both directions, digests only its beginning, and keeps none of it', async () => {
    const layer = randomBytes(MIB);
    const parts = Array.from({ length: 24 }, () => layer);
    await using arranged = await arrange((req, res) => {
      expect(req.headers['transfer-encoding']).toBe('chunked');
      req.pipe(res.writeHead(200));
    });
    const reply = await ask(
      arranged.front.port,
      { method: 'PATCH', headers: { 'Transfer-Encoding': 'chunked' } },
      parts,
    );
    expect(reply.body.equals(Buffer.concat(parts))).toBe(true);
    const [exchange] = arranged.evidence.requests('registry');
    const measured = { bytes: 24 * MIB, complete: true, digestedBytes: MIB };
    expect(exchange?.body).toMatchObject(measured);
    expect(exchange?.responseBody).toMatchObject(measured);
  });

  it('asks the registry before it takes a body that waits for 100 Continue', async () => {
    await using arranged = await arrange((req, res) => void req.pipe(res));
    const send = (path: string) =>
      new Promise<readonly [boolean, number | undefined, string]>((resolve, reject) => {
        let continued = false;
        const headers = { Expect: '100-continue', 'Content-Length': '4' };
        const req = request({ host: '127.0.0.1', port: arranged.front.port, method: 'PUT', path, headers });
        req.on('continue', () => {
          continued = true;
          req.end('body');
        });
        req.on('response', async (res) => resolve([continued, res.statusCode, String(await buffer(res))]));
        req.on('error', reject);
        req.flushHeaders();
      });
    expect(await send('/takes')).toEqual([true, 200, 'body']);
    expect(await send('/refuses')).toEqual([false, 401, '']);
  });

  it('records an upload that breaks off, and breaks it off at the registry', async () => {
    const broken = Promise.withResolvers<boolean>();
    await using arranged = await arrange((req) => {
      req.resume().on('close', () => broken.resolve(!req.complete));
    });
    const socket = connect(arranged.front.port, '127.0.0.1');
    socket.write('PATCH /v2/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nhalf');
    await until('a request', () => arranged.evidence.requests('registry').length > 0);
    socket.resetAndDestroy();
    expect(await broken.promise).toBe(true);
    await until('its body', () => arranged.evidence.of('request-body').length > 0);
    expect(arranged.evidence.requests('registry')[0]?.body).toMatchObject({ bytes: 4, complete: false });
    expect(arranged.evidence.of('flag')).toEqual([]);
  });

  it('answers 502 and says why when nobody is behind it', async () => {
    await using arranged = await arrange(() => {});
    arranged.server.close();
    const reply = await ask(arranged.front.port, { path: '/v2/' });
    expect(reply.status).toBe(502);
    expect(arranged.evidence.of('flag')[0]?.what).toMatch(/^The registry gave no answer: connect ENOENT/);
  });

  it('tells the registry of TLS', async () => {
    await using arranged = await arrange((req, res) => void res.end(req.headers['x-forwarded-proto']));
    expect((await ask(arranged.front.port, {})).body.toString()).toBe('http');
    await using secured = await arrange((req, res) => void res.end(req.headers['x-forwarded-proto']), { tls: true });
    const body = await new Promise<string>((resolve, reject) => {
      const { port } = secured.front;
      const options = {
        host: '127.0.0.1',
        port,
        servername: 'registry.test',
        ...(secured.ca ? { ca: secured.ca } : {}),
      };
      const req = tlsRequest({ ...options, agent: false }, async (res) => resolve(String(await buffer(res))));
      req.on('error', reject).end();
    });
    expect(body).toBe('https');
  });

  it('takes a client that tries TLS first for an ordinary one, and anything else that is no request for none', async () => {
    await using arranged = await arrange((_, res) => void res.end());
    const send = (bytes: string) =>
      new Promise<void>((resolve) => {
        const socket = connect(arranged.front.port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')));
        socket.on('close', () => resolve()).resume();
      });
    await send('\x16\x03\x01\x02\x00\x01\x00');
    expect(arranged.evidence.of('flag')).toEqual([]);
    await send('nonsense\r\n\r\n');
    expect(arranged.evidence.of('flag')).toHaveLength(1);
  });
});
