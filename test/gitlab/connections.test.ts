import { writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createCertificateAuthority, type IssuedCertificate } from '../../harness/tls/index.ts';
import { gitClient } from './git-client.ts';
import { jobRequest, raw } from './raw.ts';
import { type Started, start } from './started.ts';

/** Resolves when so many connections have ended. */
function ends({ ledger, evidence }: Started, count: number): Promise<void> {
  let left = count - evidence.of('connection-end').length;
  if (left <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = ledger.watch(({ kind }) => {
      if (kind !== 'connection-end' || --left > 0) return;
      stop();
      resolve();
    });
  });
}

describe('connections', () => {
  it('are recorded with what went through them', async () => {
    await using started = await start();
    const request = jobRequest(started.gitlab.tokens.runner, ['Connection: close']);
    const { text } = await raw(started.gitlab.port, request);
    await ends(started, 1);
    const [opened] = started.evidence.of('connection');
    expect(opened).toMatchObject({ via: 'proxy', tls: false, to: `gitlab.test:${started.gitlab.port}` });
    expect(opened?.from).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(started.evidence.of('connection-end')[0]).toMatchObject({
      connection: opened?.connection,
      bytesIn: request.length,
      bytesOut: text.length,
    });
    expect(started.evidence.gitlab()[0]).toMatchObject({ connection: opened?.connection, via: 'proxy' });
  });

  it('that come to its listener count as it is told', async () => {
    await using started = await start({}, { listenerVia: 'direct', host: 'git.example.test' });
    await started.api.get('/');
    expect(started.evidence.of('connection')[0]?.via).toBe('direct');
    expect(started.gitlab.url).toBe(`http://git.example.test:${started.gitlab.port}`);
  });

  it('come by other doors as well', async () => {
    await using started = await start();
    const door = createServer((socket) => started.gitlab.accept(socket, 'direct'));
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const { port } = door.address() as AddressInfo;
    const request = jobRequest(started.gitlab.tokens.runner, ['Connection: close']);
    expect((await raw(port, request)).text).toContain('204 No Content');
    expect((await raw(started.gitlab.port, request)).text).toContain('204 No Content');
    expect(started.evidence.gitlab('job').map(({ via }) => via)).toEqual(['direct', 'proxy']);
    await new Promise((resolve) => door.close(resolve));
  });

  it('carry requests with an absolute target', async () => {
    await using started = await start();
    const request = jobRequest(started.gitlab.tokens.runner, ['Connection: close']);
    const absolute = request.replace('POST /', 'POST http://gitlab.test:80/');
    expect((await raw(started.gitlab.port, absolute)).text).toContain('204 No Content');
    const verify = absolute.replace('jobs/request', 'runners/verify');
    expect((await raw(started.gitlab.port, verify)).text).toContain('200 OK');
    expect(started.evidence.gitlab('verify')[0]?.target).toBe('http://gitlab.test:80/api/v4/runners/verify');
  });

  it('that bring no HTTP are answered with 400 and flagged', async () => {
    await using started = await start();
    const { port } = started.gitlab;
    expect((await raw(port, 'GARBAGE\r\n\r\n')).text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect((await raw(port, Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 0, 0]))).text).toMatch(/^HTTP\/1\.1 400/);
    expect((await raw(port, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).text).toMatch(/ 431 /);
    expect((await raw(port, 'CONNECT gitlab.test:80 HTTP/1.1\r\nHost: a\r\n\r\n')).text).toMatch(/ 405 /);
    const lengths = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect((await raw(port, lengths)).text).toMatch(/ 400 /);
    expect(started.flags).toHaveLength(5);
    expect(started.flags[3]).toContain('CONNECT gitlab.test:80 was sent to gitlab.test:');
    await started.api.get('/').expect(404);
  });

  it('that end in the middle of a body are recorded as such', async () => {
    await using started = await start();
    const request = jobRequest(started.gitlab.tokens.runner).slice(0, -5);
    for (const leave of ['destroy', 'end'] as const) {
      await new Promise<void>((resolve) => {
        const socket = connect(started.gitlab.port, '127.0.0.1', () => socket.write(request));
        const stop = started.ledger.watch(({ kind }) => {
          if (kind === 'request') setImmediate(() => socket[leave]());
          if (kind !== 'request-body') return;
          stop();
          resolve();
        });
      });
    }
    await ends(started, 2);
    expect(started.evidence.gitlab('job').map(({ body }) => body?.complete)).toEqual([false, false]);
    expect(started.flags).toEqual([]);
  });

  it('meet any expectation', async () => {
    await using started = await start();
    const { runner } = started.gitlab.tokens;
    const strange = jobRequest(runner, ['Expect: the-unexpected', 'Connection: close']);
    expect((await raw(started.gitlab.port, strange)).text).toMatch(/^HTTP\/1\.1 204/);
    const usual = jobRequest(runner, ['Expect: 100-continue', 'Connection: close']);
    expect((await raw(started.gitlab.port, usual)).text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 204/);
  });
});

describe('with TLS', () => {
  const ask = (port: number, ca: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, servername: 'gitlab.test', ca: [ca], agent: false }, (res) =>
        resolve(res.resume().statusCode),
      ).on('error', reject);
    });

  it('it shows a certificate of the run, and says who signed it', async () => {
    const ca = await createCertificateAuthority('the authority of a run');
    await using started = await start({ tls: true }, { ca });
    expect(started.gitlab.caPem).toBe(ca.caPem);
    expect(started.gitlab.url).toBe(`https://gitlab.test:${started.gitlab.port}`);
    expect(await ask(started.gitlab.port, ca.caPem)).toBe(404);
    await ends(started, 1);
    expect(started.evidence.of('connection')).toMatchObject([{ tls: true, via: 'proxy' }]);
    expect(started.evidence.of('connection-end')[0]?.bytesIn).toBeGreaterThan(100);
    expect(started.evidence.of('connection-end')[0]?.bytesOut).toBeGreaterThan(500);
  });

  it('it flags a handshake that fails', async () => {
    await using started = await start({ tls: true });
    const stranger = await createCertificateAuthority('a stranger');
    await expect(ask(started.gitlab.port, stranger.caPem)).rejects.toThrow();
    expect((await raw(started.gitlab.port, 'GET / HTTP/1.1\r\n\r\n')).text).not.toContain('HTTP/1.1 2');
    await ends(started, 2);
    expect(started.flags.length).toBeGreaterThan(0);
    expect(started.flags.every((flag) => flag.includes('on connection g'))).toBe(true);
  });

  it('it resets connections, too', async () => {
    await using started = await start({
      tls: true,
      plan: [{ on: 'unknown', times: 1, give: { reset: 'before-answer' } }],
    });
    const error = await new Promise<NodeJS.ErrnoException>((resolve) => {
      const socket: Socket = connectTls(
        { host: '127.0.0.1', port: started.gitlab.port, servername: 'gitlab.test', ca: [started.gitlab.caPem ?? ''] },
        () => socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
      );
      socket.on('error', resolve);
    });
    expect(error.code).toBe('ECONNRESET');
    await ends(started, 1);
  });

  it('it takes connections from other doors, and keeps the handshake to itself', async () => {
    await using started = await start({ tls: true });
    const door = createServer((socket) => started.gitlab.accept(socket, 'direct'));
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    expect(await ask((door.address() as AddressInfo).port, started.gitlab.caPem ?? '')).toBe(404);
    expect(started.evidence.gitlab()[0]?.via).toBe('direct');
    await new Promise((resolve) => door.close(resolve));
  });

  it('its object storage speaks it alone, on the same port, where that is declared', async () => {
    await using started = await start({ storageTls: true });
    expect(started.gitlab.url).toBe(`http://gitlab.test:${started.gitlab.port}`);
    expect(await ask(started.gitlab.port, started.gitlab.caPem ?? '')).toBe(404);
    expect((await raw(started.gitlab.port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).text).toContain(
      '404',
    );
    await ends(started, 2);
    expect(started.evidence.of('connection').map(({ tls }) => tls)).toEqual([true, false]);
  });

  it('it serves git', async () => {
    await using started = await start({ tls: true, jobs: [{}] });
    await using client = await gitClient();
    const file = join(client.dir, 'ca.pem');
    await writeFile(file, started.gitlab.caPem ?? '');
    started.gitlab.queue({});
    const token = started.gitlab.tokens.runner;
    const document = await new Promise<string>((resolve) => {
      const socket = connectTls(
        { host: '127.0.0.1', port: started.gitlab.port, servername: 'gitlab.test', ca: [started.gitlab.caPem ?? ''] },
        () => socket.write(jobRequest(token, ['Connection: close'])),
      );
      let text = '';
      socket.on('data', (part) => {
        text += part;
      });
      socket.on('end', () => resolve(text.slice(text.indexOf('\r\n\r\n'))));
    });
    const { git_info } = JSON.parse(document);
    const url = git_info.repo_url.replace('gitlab.test', 'localhost');
    await client.git('-c', `http.sslCAInfo=${file}`, 'clone', '-q', url, 'clone');
    expect(started.evidence.gitlab('git').at(-1)?.status).toBe(200);
  });
});

describe('asking for certificates', () => {
  /** The status and the text of its answer to whoever shows a certificate, or none. */
  const ask = ({ gitlab }: Started, client: Partial<IssuedCertificate> = {}, path = '/'): Promise<string> =>
    new Promise((resolve, reject) => {
      const { port, caPem = '' } = gitlab;
      const options = {
        host: '127.0.0.1',
        port,
        path,
        servername: 'gitlab.test',
        ca: [caPem],
        agent: false,
        ...client,
      };
      get(options, async (res) => {
        const chunks: Buffer[] = [];
        for await (const chunk of res) chunks.push(chunk);
        resolve(`${res.statusCode} ${res.headers.connection} ${Buffer.concat(chunks)}`);
      }).on('error', reject);
    });

  it('it lets in who shows one that it made, and records whose it is', async () => {
    await using started = await start({ tls: true, clientCertificate: 'required' });
    expect(await ask(started, await started.gitlab.issueClientCertificate('build-runner'))).toMatch(/^404/);
    const { connection } = started.evidence.of('connection')[0] ?? {};
    expect(started.evidence.of('client-certificate')).toMatchObject([
      { peer: 'gitlab', connection, subject: 'build-runner', verified: true },
    ]);
  });

  it('it refuses who shows none in the words of nginx, but at storage', async () => {
    await using started = await start({ tls: true, clientCertificate: 'required' });
    expect(await ask(started)).toMatch(/^400 close <html>\r\n<head><title>400 No required SSL certificate was sent</);
    expect(await ask(started, {}, '/object-storage/artifacts/1/artifacts.zip')).toMatch(/^403/);
    const [shown] = started.evidence.of('client-certificate');
    expect(shown).toMatchObject({ verified: false });
    expect(shown).not.toHaveProperty('subject');
  });

  it('it refuses a certificate of others even where none is needed', async () => {
    await using started = await start({ tls: true, clientCertificate: 'optional' });
    expect(await ask(started)).toMatch(/^404/);
    const stranger = await (await createCertificateAuthority('a stranger')).issueClient('somebody');
    expect(await ask(started, stranger)).toContain('400 close <html>\r\n<head><title>400 The SSL certificate error<');
    expect(started.evidence.of('client-certificate').at(-1)).toMatchObject({
      subject: 'somebody',
      verified: false,
      reason: expect.stringMatching(/UNABLE_TO|SELF_SIGNED/),
    });
  });

  it('it makes certificates only where it asks for them, and no key is recorded, not a line of it', async () => {
    await using plain = await start({ tls: true });
    await expect(plain.gitlab.issueClientCertificate('x')).rejects.toThrow('asks nobody for a certificate');
    await using started = await start({ tls: true, clientCertificate: 'required' });
    const { key } = await started.gitlab.issueClientCertificate('x');
    const lines = key.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
    for (const line of [key, ...lines]) started.ledger.record('subject', { kind: 'log', stream: 'stderr', line });
    const recorded = started.evidence.of('log').map(({ line }) => line);
    for (const line of lines) expect(recorded.join('\n')).not.toContain(line);
  });

  it('its wrong certificate asks for them, too', async () => {
    await using started = await start({ tls: true, clientCertificate: 'required' });
    await started.gitlab.serveWrongCertificate('other-name');
    const client = await started.gitlab.issueClientCertificate('build-runner');
    expect(await ask(started, { ...client, servername: 'other.test' } as Partial<IssuedCertificate>)).toMatch(/^404/);
  });
});
