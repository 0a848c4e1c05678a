import type { EventBody, LedgerEvent, Peer } from '../../../harness/ledger/index.ts';
import type { LabState } from '../../../harness/serve/protocol.ts';

/** When the lab of these tests was stood up. */
const STARTED_AT = '2026-03-02T10:20:30.000Z';

/** A lab with two proxies, in which nothing has happened yet. */
export function quietLab(change: Partial<LabState> = {}): LabState {
  return {
    version: '0.1.0',
    startedAt: STARTED_AT,
    now: 0,
    peers: [
      { name: 'gitlab', product: 'mock GitLab', url: 'http://gitlab.test:8080' },
      {
        name: 'proxy',
        product: 'squid 5.7',
        url: 'http://127.0.0.1:3128',
        listening: true,
        scheme: 'basic',
        user: 'alice',
      },
      { name: 'standby', product: 'proxy-chain 3.0.1', url: 'http://127.0.0.1:3129', listening: true, scheme: 'none' },
      { name: 'registry', product: 'registry 2.8.3', url: 'http://registry.test:5000' },
    ],
    pastes: [
      {
        title: 'A shell',
        text: 'export http_proxy=http://alice:secret@127.0.0.1:3128\nexport https_proxy=http://alice:secret@127.0.0.1:3128\nexport NO_PROXY=localhost',
      },
      { title: '/etc/gitlab-runner/config.toml', text: '[[runners]]\n  url = "http://gitlab.test:8080"\n' },
    ],
    faults: [],
    presets: [
      { name: 'reset-time-valid', says: 'Three answers of 429 that say when to come back, then honest ones.' },
      { name: 'reset-time-invalid', says: 'Answers of 429 whose reset time is no date.' },
    ],
    jobs: [],
    connections: [],
    findings: [],
    record: { kept: 0, limit: 100_000, dropped: 0 },
    viewers: 1,
    ...change,
  };
}

/** Numbers events as a lab does. */
export class Traffic {
  #seq = 0;
  #t = 0;
  #connection = 0;

  event(peer: Peer, body: EventBody): LedgerEvent {
    return { seq: ++this.#seq, case: 'lab', t: this.#t, peer, ...body };
  }

  /** Lets so many milliseconds pass. */
  wait(ms: number): this {
    this.#t += ms;
    return this;
  }

  /** A request through the proxy to an origin, and its answer: twelve events. */
  forwarded(
    path: string,
    status: number,
    agent = 'git/2.39.5',
    host = 'gitlab.test:8080',
    body?: string,
  ): LedgerEvent[] {
    const [near, far] = [`c${++this.#connection}`, `c${++this.#connection}`];
    const peer = host.startsWith('registry') ? 'registry' : 'gitlab';
    const headers = [
      ['Host', host],
      ['User-Agent', agent],
      ['Proxy-Authorization', 'Basic «proxy-password»'],
    ] as const;
    const asks = { kind: 'request', method: 'GET', httpVersion: '1.1' } as const;
    const answer = { kind: 'response', status, reason: STATUS_WORDS[status] ?? '' } as const;
    const sha256 = 'a'.repeat(64);
    const text = body ?? `{"path":"${path}"}`;
    const content = { bytes: text.length, sha256, complete: true, text };
    const events = [
      this.event('proxy', {
        kind: 'connection',
        connection: near,
        via: 'subject',
        from: '127.0.0.1:50000',
        to: '127.0.0.1:3128',
        tls: false,
      }),
      this.event('proxy', {
        ...asks,
        connection: near,
        exchange: near,
        via: 'subject',
        target: `http://${host}${path}`,
        headers,
      }),
    ];
    this.wait(2);
    events.push(
      this.event(peer, {
        kind: 'connection',
        connection: far,
        via: 'proxy',
        from: '127.0.0.1:50001',
        to: '127.0.0.1:8080',
        tls: false,
      }),
      this.event(peer, {
        ...asks,
        connection: far,
        exchange: far,
        via: 'proxy',
        target: path,
        headers: headers.slice(0, 2),
      }),
    );
    this.wait(11);
    events.push(
      this.event(peer, { ...answer, exchange: far, headers: [['Content-Type', 'application/json']], madeBy: 'self' }),
      this.event(peer, { kind: 'response-body', exchange: far, ...content }),
      this.event(peer, { kind: 'connection-end', connection: far, bytesIn: 300, bytesOut: 600 }),
    );
    this.wait(1);
    events.push(
      this.event('proxy', {
        ...answer,
        exchange: near,
        headers: [['Content-Type', 'application/json']],
        madeBy: 'origin',
      }),
      this.event('proxy', { kind: 'response-body', exchange: near, ...content }),
      this.event('proxy', { kind: 'connection-end', connection: near, bytesIn: 300, bytesOut: 600 }),
    );
    return events;
  }

  /** A client that goes around the proxy. */
  bypass(agent = 'git/2.39.5'): LedgerEvent {
    return this.event('tripwire', {
      kind: 'tripwire',
      from: '127.0.0.1:50002',
      to: 'gitlab.test:80',
      protocol: 'http',
      detail: 'GET /group/project.git/info/refs',
      headers: [['User-Agent', agent]],
    });
  }
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  404: 'Not Found',
  407: 'Proxy Authentication Required',
  429: 'Too Many Requests',
  502: 'Bad Gateway',
};
