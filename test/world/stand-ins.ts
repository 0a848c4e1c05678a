import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, realClock } from '../../harness/clock/index.ts';
import type { MockGitlab } from '../../harness/gitlab/handle.ts';
import { countingSink, Ledger, Secrets } from '../../harness/ledger/index.ts';
import type { FaultHandle, ForwardProxy } from '../../harness/proxy/index.ts';
import type { SubjectProcess } from '../../harness/runner/subject.ts';
import { HOSTS } from '../../harness/world/names.ts';
import { machineIsolation, Namespace } from '../../harness/world/namespace/index.ts';
import type { Trap } from '../../harness/world/routes.ts';

const machine = await machineIsolation();

/** Why tests of namespaces are left out here; undefined where they run. */
export const noNamespace: string | undefined = machine.kind === 'namespace' ? undefined : machine.reason;

/** A temporary directory that goes away with the test. */
export async function temporaryDirectory(): Promise<{ dir: string } & AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-world-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

export async function testNamespace(dir: string): Promise<Namespace> {
  if (machine.kind !== 'namespace') throw new Error(machine.reason);
  return Namespace.open({ tools: machine.tools, dir: join(dir, 'namespace'), hosts: HOSTS, env: { TEST_WORLD: dir } });
}

export function testLedger(clock: Clock = realClock()): Ledger {
  return new Ledger({ case: 'world/test', clock, secrets: new Secrets(), sink: countingSink() });
}

/** An HTTP server on loopback that takes connections over too. */
async function peer(answer: RequestListener) {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const down = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { server, port, down };
}

/** Stands in for the mock GitLab: tells every client by which way it came. */
export async function standInGitlab(): Promise<MockGitlab & { readonly seen: string[] }> {
  const seen: string[] = [];
  const ways = new WeakMap<Socket, string>();
  const { server, port, down } = await peer((request, response) => {
    const way = ways.get(request.socket) ?? 'listener';
    seen.push(`${way} ${request.url}`);
    response.end(`gitlab by ${way}\n`);
  });
  const none = (): never => {
    throw new Error('the stand-in has no jobs');
  };
  return {
    seen,
    host: 'gitlab.test',
    port,
    url: `http://gitlab.test:${port}`,
    tokens: { registration: 'r', runner: 'glrt-r', personal: 'p' },
    queue: none,
    job: none,
    cancel: none,
    follow: none,
    issueClientCertificate: none,
    serveWrongCertificate: none,
    releaseLongPolls: none,
    accept: (socket, via) => {
      ways.set(socket, via);
      server.emit('connection', socket);
    },
    [Symbol.asyncDispose]: down,
  };
}

/** Stands in for a proxy: answers every request itself. */
export async function standInProxy(): Promise<ForwardProxy & { readonly seen: string[] }> {
  const seen: string[] = [];
  const { server, port, down } = await peer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end('the proxy\n');
  });
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const start = async (): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  return {
    seen,
    kind: 'basic',
    product: 'stand-in',
    host: 'proxy.test',
    port,
    get listening() {
      return server.listening;
    },
    auth: { scheme: 'none', user: '', password: '' },
    url: `http://proxy.test:${port}`,
    urlWithoutCredentials: `http://proxy.test:${port}`,
    inject: (fault): FaultHandle => ({
      off: () => {},
      struck: [],
      refuses: fault.fault === 'refuse',
      explain: () => 'Nothing.',
      [Symbol.dispose]: () => {},
    }),
    setCredentials: async () => {},
    stop,
    start,
    restart: async () => {
      await stop();
      await start();
    },
    accept: (socket) => {
      server.emit('connection', socket);
    },
    [Symbol.asyncDispose]: down,
  };
}

/** Stands in for the tripwire: notes where connections wanted to go, and refuses. */
export function standInTrap(): Trap & { readonly seen: string[]; readonly first: Promise<void> } {
  const seen: string[] = [];
  const first = Promise.withResolvers<void>();
  return {
    seen,
    first: first.promise,
    accept: (socket, { host, port }) => {
      seen.push(`${host}:${port}`);
      first.resolve();
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    },
  };
}

/** All that a program prints, and how it ended. */
export async function finished(process: SubjectProcess): Promise<{ out: string; err: string; code: number | null }> {
  process.stdin.end();
  const [out, err, { code }] = await Promise.all([text(process.stdout), text(process.stderr), process.exited]);
  return { out, err, code };
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = '';
  for await (const chunk of stream) all += chunk.toString();
  return all;
}
