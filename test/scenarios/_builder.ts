import {
  bodyRecord,
  type EventBody,
  Evidence,
  type Header,
  type LedgerEvent,
  type Peer,
  type RequestKind,
  type Via,
} from '../../harness/ledger/index.ts';

const ORIGIN = 'gitlab.test:41000';

const TARGETS: Partial<Record<RequestKind, readonly [method: string, target: string]>> = {
  job: ['POST', '/api/v4/jobs/request'],
  trace: ['PATCH', '/api/v4/jobs/4001/trace'],
  update: ['PUT', '/api/v4/jobs/4001'],
  register: ['POST', '/api/v4/runners'],
  verify: ['POST', '/api/v4/runners/verify'],
  unregister: ['DELETE', '/api/v4/runners'],
  upload: ['POST', '/api/v4/jobs/4001/artifacts'],
  git: ['GET', '/group/project.git/info/refs?service=git-upload-pack'],
  lfs: ['POST', '/group/project.git/info/lfs/objects/batch'],
};

/** How one request differs from an ordinary one. */
export interface RequestOptions {
  readonly status?: number;
  /** Without an answer. */
  readonly held?: boolean;
  readonly method?: string;
  readonly target?: string;
  readonly headers?: readonly Header[];
  readonly proxyHeaders?: readonly Header[];
  readonly bytes?: number;
  /** The headers of the answer. */
  readonly answered?: readonly Header[];
  /** The body of the request. */
  readonly sends?: string;
  readonly via?: Via;
  /** Whose certificate the client shows, where GitLab asks for one; `none` for none. */
  readonly shows?: string;
}

/** Writes a ledger by hand, event by event, for judges to judge. */
export class Story {
  readonly #events: LedgerEvent[] = [];
  readonly #tls: boolean;
  #t = 0;
  #count = 0;

  /** @param options.tls GitLab is an https one */
  constructor(options: { readonly tls?: boolean } = {}) {
    this.#tls = options.tls ?? false;
    this.mark('origin', `${ORIGIN} is GitLab`);
  }

  get evidence(): Evidence {
    return new Evidence(this.#events);
  }

  /** From now on events happen at this moment, in milliseconds. */
  at(t: number): this {
    this.#t = t;
    return this;
  }

  add(peer: Peer, body: EventBody): this {
    this.#events.push({ seq: this.#events.length + 1, case: 'by/hand', t: this.#t, peer, ...body });
    return this;
  }

  mark(name: string, what: string = name): this {
    return this.add('harness', { kind: 'act', what, mark: name });
  }

  log(line: string): this {
    return this.add('subject', { kind: 'log', stream: 'stderr', line });
  }

  bypass(detail = 'POST /api/v4/jobs/request'): this {
    return this.add('subject', {
      kind: 'tripwire',
      from: '10.0.0.1:5000',
      to: ORIGIN,
      protocol: 'http',
      detail,
    });
  }

  /** A request that goes through the proxy to GitLab, each on a connection of its own. */
  passes(kind: RequestKind, options: RequestOptions = {}): this {
    const [method, target] = this.#line(kind, options);
    const line = this.#tls ? (['CONNECT', ORIGIN] as const) : ([method, `http://${ORIGIN}${target}`] as const);
    this.asksProxy({ method: line[0], target: line[1], status: this.#tls ? 200 : (options.status ?? 200), ...options });
    return this.reachesGitlab(kind, options);
  }

  /** A request as the proxy sees it. */
  asksProxy(request: {
    readonly method?: string;
    readonly target?: string;
    readonly status?: number;
    readonly proxyHeaders?: readonly Header[];
    readonly bytes?: number;
  }): this {
    const exchange = `p${++this.#count}`;
    const { method = 'POST', target = `http://${ORIGIN}/api/v4/jobs/request`, status = 407 } = request;
    this.add('proxy', {
      kind: 'request',
      connection: `pc${this.#count}`,
      exchange,
      via: 'subject',
      method,
      target,
      httpVersion: '1.1',
      headers: request.proxyHeaders ?? [],
    });
    this.add('proxy', { kind: 'response', exchange, status, reason: '', headers: [], madeBy: 'self' });
    const body = bodyRecord('');
    return this.add('proxy', { kind: 'response-body', exchange, ...body, bytes: request.bytes ?? 0 });
  }

  /** A request as GitLab sees it. */
  reachesGitlab(kind: RequestKind, options: RequestOptions = {}): this {
    const exchange = `x${++this.#count}`;
    const connection = `g${this.#count}`;
    const via = options.via ?? 'proxy';
    const [method, target] = this.#line(kind, options);
    this.add('gitlab', { kind: 'connection', connection, via, from: 'somewhere', to: ORIGIN, tls: this.#tls });
    const { shows } = options;
    if (shows === 'none') this.add('gitlab', { kind: 'client-certificate', connection, verified: false });
    else if (shows) this.add('gitlab', { kind: 'client-certificate', connection, subject: shows, verified: true });
    this.add('gitlab', {
      kind: 'request',
      connection,
      exchange,
      via,
      method,
      target,
      httpVersion: '1.1',
      headers: options.headers ?? [],
      requestKind: kind,
    });
    if (options.sends !== undefined) {
      this.add('gitlab', { kind: 'request-body', exchange, ...bodyRecord(options.sends, 1024) });
    }
    if (options.held) return this;
    const status = options.status ?? 200;
    const headers = options.answered ?? [];
    this.add('gitlab', { kind: 'response', exchange, status, reason: '', headers, madeBy: 'self' });
    return this.add('gitlab', { kind: 'response-body', exchange, ...bodyRecord(''), bytes: options.bytes ?? 0 });
  }

  /** A job is asked for through the proxy and handed out. */
  handsOut(job = 4001): this {
    this.passes('job', { status: 201 });
    return this.add('gitlab', { kind: 'job', job, what: 'handed-out', state: 'running' });
  }

  /** A job's trace and final state come through the proxy. */
  finishes(state: 'success' | 'failed', trace = '', job = 4001, failureReason?: string): this {
    this.passes('trace', { status: 202 }).passes('update');
    const record = bodyRecord(trace, 4 * 1024 * 1024);
    const why = failureReason === undefined ? {} : { failureReason };
    return this.add('gitlab', {
      kind: 'job',
      job,
      what: 'finished',
      state,
      ...why,
      trace: record,
      checksumMatches: true,
    });
  }

  #line(kind: RequestKind, { method, target }: RequestOptions): readonly [method: string, target: string] {
    const [usualMethod, usualTarget] = TARGETS[kind] ?? ['GET', '/'];
    return [method ?? usualMethod, target ?? usualTarget];
  }
}
