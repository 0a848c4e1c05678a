import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, realClock } from '../../harness/clock/index.ts';
import { countingSink, Evidence, Ledger, Secrets } from '../../harness/ledger/index.ts';
import {
  createForwardProxy,
  type ForwardProxy,
  type ForwardProxyOptions,
  type ProxySpec,
} from '../../harness/proxy/index.ts';
import { type CertificateAuthority, createCertificateAuthority } from '../../harness/tls/index.ts';

/** How long to wait for what normally comes at once, in real milliseconds. */
const LIMIT_MS = 30_000;

/** What an origin saw of one request. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** How curl ended. */
export interface Curled {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let authority: Promise<CertificateAuthority> | undefined;

/** The CA that all tests of a file share. */
export const testAuthority = (): Promise<CertificateAuthority> => {
  authority ??= createCertificateAuthority('proxyproof test');
  return authority;
};

/** A proxy with two origins behind it, `gitlab.test` by http and by https, and nothing else in the world. */
export class ProxyStage implements AsyncDisposable {
  readonly proxy: ForwardProxy;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly http: string;
  readonly https: string;
  readonly seen: Seen[];
  /** Answers the origins' requests; may be replaced. */
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void = (_, response, body) => {
    response.end(`the origin got ${body.length} bytes`);
  };
  readonly #closing: (() => Promise<void>)[];

  private constructor(
    proxy: ForwardProxy,
    ledger: Ledger,
    clock: Clock,
    origins: { http: string; https: string },
    seen: Seen[],
    closing: (() => Promise<void>)[],
  ) {
    this.proxy = proxy;
    this.ledger = ledger;
    this.clock = clock;
    this.http = origins.http;
    this.https = origins.https;
    this.seen = seen;
    this.#closing = closing;
  }

  static async create(spec: ProxySpec, more: Partial<ForwardProxyOptions> = {}): Promise<ProxyStage> {
    const clock = more.clock ?? realClock();
    const ledger = new Ledger({ case: 'test', clock, secrets: new Secrets(), sink: countingSink() });
    const ca = await testAuthority();
    const seen: Seen[] = [];
    const holder: { stage?: ProxyStage } = {};
    const take = (request: IncomingMessage, response: ServerResponse): void => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('latin1');
        const { method = '', url = '', headers, rawHeaders } = request;
        seen.push({ method, url, headers, rawHeaders, body });
        holder.stage?.answer(request, response, body);
      });
    };
    const plain = createServer(take);
    const secure = createTlsServer(await ca.issue(['gitlab.test']), take);
    const [http, https] = await Promise.all([listen(plain), listen(secure)]);
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
    const surroundings = [
      ...[plain, secure].map((server) => async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }),
      () => rm(dir, { recursive: true, force: true }),
    ];
    const proxy = await createForwardProxy({
      spec,
      clock,
      ledger,
      ca,
      dir,
      origins: [`gitlab.test:${http}`, `gitlab.test:${https}`],
      resolve: (host, port) => (host === 'gitlab.test' && [http, https].includes(port) ? '127.0.0.1' : undefined),
      ...more,
    }).catch(async (error: unknown) => {
      for (const close of surroundings) await close();
      throw error;
    });
    const closing = [async () => proxy[Symbol.asyncDispose](), ...surroundings];
    const origins = { http: `http://gitlab.test:${http}`, https: `https://gitlab.test:${https}` };
    holder.stage = new ProxyStage(proxy, ledger, clock, origins, seen, closing);
    return holder.stage;
  }

  get evidence(): Evidence {
    return new Evidence(this.ledger.events);
  }

  /** Strikes of one fault. */
  strikes(name: string): number {
    return this.evidence.of('fault').filter((each) => each.name === name && each.state === 'struck').length;
  }

  /** Runs the real curl through the proxy, with the proxy's own credentials. */
  curl(...args: string[]): Promise<Curled> {
    const { user, password, scheme } = this.proxy.auth;
    const login = scheme === 'none' ? [] : ['--proxy-user', `${user}:${password}`, `--proxy-${scheme}`];
    return this.plainCurl('--proxy', this.proxy.urlWithoutCredentials, ...login, ...args);
  }

  /** Runs the real curl as it is told. */
  plainCurl(...args: string[]): Promise<Curled> {
    const common = ['-q', '-sS', '--max-time', '30', '--proxy-insecure', '-k', '--noproxy', ''];
    const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' };
    return new Promise((resolve) => {
      execFile('curl', [...common, ...args], { env }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  }

  /** The value of `Proxy-Authorization: Basic`. */
  get basic(): string {
    const { user, password } = this.proxy.auth;
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  /** Opens a bare connection to the proxy. */
  connect(): RawClient {
    return new RawClient(connect(this.proxy.port, '127.0.0.1'));
  }

  /** Waits until the record shows something. */
  until<T>(what: string, found: (evidence: Evidence) => T | undefined | false): Promise<T> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        stop();
        reject(
          new Error(
            `Waited 30 s for the record to show ${what}, then gave up. It has: ${JSON.stringify(this.ledger.events, null, 1)}`,
          ),
        );
      }, LIMIT_MS);
      const look = (): void => {
        const it = found(this.evidence);
        if (it === undefined || it === false) return;
        clearTimeout(limit);
        stop();
        resolve(it);
      };
      const stop = this.ledger.watch(look);
      look();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const close of this.#closing) await close();
  }
}

/** A client that says what it is told, byte for byte. */
export class RawClient {
  readonly socket: Socket;
  text = '';
  /** How the connection ended: by FIN or by an error's code. */
  ended: string | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk) => {
      this.text += chunk.toString('latin1');
    });
    socket.once('end', () => {
      this.ended ??= 'FIN';
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      this.ended ??= error.code ?? 'error';
    });
    socket.once('close', () => {
      this.ended ??= 'closed';
    });
  }

  say(...lines: string[]): void {
    this.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  }

  /** Waits until what came matches. */
  hears(what: RegExp): Promise<RegExpExecArray> {
    return this.#until(
      () => what.exec(this.text) ?? undefined,
      () => `${what} was not heard, but ${JSON.stringify(this.text)} (${this.ended ?? 'still open'})`,
    );
  }

  /** Waits for the end of the connection. */
  ends(): Promise<string> {
    return this.#until(
      () => this.ended,
      () => `the connection did not end; heard: ${JSON.stringify(this.text)}`,
    );
  }

  #until<T>(found: () => T | undefined, failed: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const events = ['data', 'end', 'error', 'close'] as const;
      const finish = (): void => {
        clearTimeout(limit);
        for (const event of events) this.socket.off(event, look);
      };
      const limit = setTimeout(() => {
        finish();
        reject(new Error(`Waited 30 s, then gave up: ${failed()}.`));
      }, LIMIT_MS);
      const look = (): void => {
        const it = found();
        if (it === undefined) return;
        finish();
        resolve(it);
      };
      for (const event of events) this.socket.on(event, look);
      look();
    });
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Whether this machine has squid. */
export const hasSquid = await import('node:fs').then(({ existsSync }) => existsSync('/usr/sbin/squid'));
