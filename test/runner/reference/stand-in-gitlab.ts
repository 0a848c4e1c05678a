import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../harness/clock/index.ts';

export interface Seen {
  readonly kind: string;
  readonly method: string;
  readonly url: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
  /** Milliseconds on the clock. */
  readonly t: number;
}

export interface GivenAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Keeps the client waiting for ever. */
  readonly hangs?: boolean;
  /** Ends the connection instead. */
  readonly cuts?: boolean;
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^POST \/api\/v4\/jobs\/request$/, 'job'],
  [/^PATCH \/api\/v4\/jobs\/\d+\/trace$/, 'trace'],
  [/^PUT \/api\/v4\/jobs\/\d+$/, 'update'],
  [/^POST \/api\/v4\/jobs\/\d+\/artifacts/, 'upload'],
  [/^GET \/api\/v4\/jobs\/\d+\/artifacts/, 'download'],
  [/^POST \/api\/v4\/runners$/, 'register'],
  [/^POST \/api\/v4\/runners\/verify$/, 'verify'],
  [/^DELETE \/api\/v4\/runners(\/managers)?$/, 'unregister'],
];

const JSON_TYPE = { 'Content-Type': 'application/json' };

const USUAL: Readonly<Record<string, GivenAnswer>> = {
  job: { status: 204 },
  trace: { status: 202 },
  update: { status: 200 },
  upload: { status: 201 },
  register: { status: 201, headers: JSON_TYPE, body: '{"id":1,"token":"runner-token-1"}' },
  verify: { status: 200, headers: JSON_TYPE, body: '{"id":1,"token":"runner-token-1"}' },
  unregister: { status: 204 },
};

/** Answers as GitLab would, but for what it was told to answer first. */
export class StandInGitlab implements AsyncDisposable {
  readonly seen: Seen[] = [];
  readonly #given = new Map<string, GivenAnswer[]>();
  readonly #server: Server;
  readonly #clock: Clock;

  private constructor(clock: Clock, tls?: { key: string; cert: string }) {
    this.#clock = clock;
    const listener = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#take(request, response).catch(() => response.destroy());
    this.#server = tls ? createTlsServer(tls, listener) : createServer(listener);
  }

  static async start(clock: Clock, tls?: { key: string; cert: string }): Promise<StandInGitlab> {
    const gitlab = new StandInGitlab(clock, tls);
    gitlab.#server.listen(0, '127.0.0.1');
    await once(gitlab.#server, 'listening');
    return gitlab;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The next requests of a kind get these answers, one each. */
  give(kind: string, ...answers: GivenAnswer[]): void {
    this.#given.set(kind, [...(this.#given.get(kind) ?? []), ...answers]);
  }

  giveJob(job: object): void {
    this.give('job', { status: 201, headers: JSON_TYPE, body: JSON.stringify(job) });
  }

  of(kind: string): Seen[] {
    return this.seen.filter((each) => each.kind === kind);
  }

  /** The bodies of all trace requests. */
  get trace(): string {
    return Buffer.concat(this.of('trace').map((each) => each.body)).toString();
  }

  /** What the job's end was told to be. */
  get end(): { state: string; failure_reason?: string; checksum: string; output: { bytesize: number } } | undefined {
    const last = this.of('update').at(-1);
    return last && JSON.parse(last.body.toString());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const kind = KINDS.find(([pattern]) => pattern.test(`${method} ${url}`))?.[1] ?? 'unknown';
    this.seen.push({ kind, method, url, headers, body: Buffer.concat(chunks), t: this.#clock.elapsed() });
    const answer = this.#given.get(kind)?.shift() ?? USUAL[kind] ?? { status: 404 };
    if (answer.cuts) {
      request.socket.destroy();
      return;
    }
    if (answer.hangs) {
      const release = this.#clock.withhold();
      request.socket.once('close', release);
      return;
    }
    response.writeHead(answer.status, { 'Content-Length': Buffer.byteLength(answer.body ?? ''), ...answer.headers });
    response.end(answer.body);
  }
}
