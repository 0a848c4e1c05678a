import { type Clock, realClock } from '../../harness/clock/index.ts';
import type { CaseOutcome, Results } from '../../harness/conformance/outcome.ts';
import { totals } from '../../harness/conformance/totals.ts';
import {
  type EventBody,
  type Header,
  Ledger,
  type LedgerEvent,
  type Peer,
  Secrets,
} from '../../harness/ledger/index.ts';

/** Numbers the events of several cases in one order, as a run's ledger does. */
export class Recorder {
  readonly events: LedgerEvent[] = [];
  #seq = 0;

  story(id: string): Story {
    return new Story(id, { nextSeq: () => ++this.#seq, write: ({ event }) => this.events.push(event) });
  }
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: readonly Header[];
  readonly via?: 'proxy' | 'direct' | 'subject';
  readonly kind?: Extract<EventBody, { kind: 'request' }>['requestKind'];
}

interface Answered {
  readonly status: number;
  readonly reason?: string;
  readonly headers?: readonly Header[];
  readonly body?: string;
  readonly madeBy?: 'self' | 'origin';
  readonly planned?: Extract<EventBody, { kind: 'response' }>['planned'];
}

const HOST: Header = ['Host', 'gitlab.test:8080'];

/** Writes the ledger of one case by hand, through the real ledger, so that it is redacted as a run's is. */
export class Story {
  readonly id: string;
  readonly secrets = new Secrets();
  readonly #ledger: Ledger;
  #t = 0;
  #exchange = 0;

  constructor(id: string, sink: ConstructorParameters<typeof Ledger>[0]['sink']) {
    this.id = id;
    const clock: Clock = { ...realClock(), now: () => 0, elapsed: () => this.#t, sleep: async () => {} };
    this.#ledger = new Ledger({ case: id, clock, secrets: this.secrets, sink });
  }

  get events(): readonly LedgerEvent[] {
    return this.#ledger.events;
  }

  /** @param ms since the case began */
  at(ms: number): this {
    this.#t = ms;
    return this;
  }

  record(peer: Peer, body: EventBody): number {
    return this.#ledger.record(peer, body).seq;
  }

  begin(isolation: 'namespace' | 'dialer' | 'names' = 'namespace', axes: Record<string, string> = {}): this {
    this.record('harness', { kind: 'case-start', startedAt: 250, clock: 'real', isolation, axes, profile: '14.10' });
    return this;
  }

  end(ms: number): this {
    this.at(ms).record('harness', { kind: 'case-end' });
    return this;
  }

  request(peer: 'proxy' | 'gitlab', asked: Asked): { exchange: string; seq: number } {
    const exchange = `x${++this.#exchange}`;
    const path = asked.path ?? '/api/v4/jobs/request';
    const connect = asked.method === 'CONNECT';
    const target = peer === 'proxy' && !connect ? `http://gitlab.test:8080${path}` : path;
    const seq = this.record(peer, {
      kind: 'request',
      connection: `c-${peer}`,
      exchange,
      via: asked.via ?? (peer === 'proxy' ? 'subject' : 'proxy'),
      method: asked.method ?? 'POST',
      target,
      httpVersion: '1.1',
      headers: asked.headers ?? [HOST, ['User-Agent', 'gitlab-runner 14.10.1'], ['Content-Type', 'application/json']],
      ...(asked.kind ? { requestKind: asked.kind } : {}),
    });
    if (asked.body !== undefined) this.body(peer, 'request-body', exchange, asked.body);
    return { exchange, seq };
  }

  response(peer: 'proxy' | 'gitlab', exchange: string, answered: Answered): number {
    const seq = this.record(peer, {
      kind: 'response',
      exchange,
      status: answered.status,
      reason: answered.reason ?? '',
      headers: answered.headers ?? [],
      madeBy: answered.madeBy ?? (peer === 'proxy' ? 'origin' : 'self'),
      ...(answered.planned ? { planned: answered.planned } : {}),
    });
    if (answered.body !== undefined) this.body(peer, 'response-body', exchange, answered.body);
    return seq;
  }

  body(peer: Peer, kind: 'request-body' | 'response-body', exchange: string, text: string, complete = true): number {
    return this.record(peer, {
      kind,
      exchange,
      bytes: Buffer.byteLength(text),
      sha256: 'a'.repeat(64),
      text,
      complete,
    });
  }

  /**
   * A request that goes through the proxy to GitLab and back, beginning now; each hop costs a millisecond.
   * @returns sequence numbers of GitLab's view
   */
  forwarded(asked: Asked, answered: Answered, takesMs = 2): { request: number; response: number; proxy: number } {
    const outer = this.request('proxy', asked);
    this.at(this.#t + 1);
    const inner = this.request('gitlab', { ...asked, via: 'proxy' });
    this.at(this.#t + takesMs);
    const response = this.response('gitlab', inner.exchange, answered);
    this.at(this.#t + 1);
    const { planned: _, ...passedOn } = answered;
    this.response('proxy', outer.exchange, { ...passedOn, madeBy: 'origin' });
    return { request: inner.seq, response, proxy: outer.seq };
  }

  log(line: string, peer: Peer = 'subject'): number {
    return this.record(peer, { kind: 'log', stream: 'stderr', line });
  }
}

/** An outcome with what a test does not care about filled in. */
export function outcome(each: Partial<CaseOutcome> & Pick<CaseOutcome, 'id'>): CaseOutcome {
  const scenario = each.scenario ?? each.id.replace(/\[.*$/, '');
  const axes = Object.fromEntries(
    [...each.id.matchAll(/\[([^=\]]+)=([^\]]*)\]/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
  return {
    scenario,
    axes,
    level: 'R',
    outcome: 'pass',
    expected: 'pass',
    reason: 'The retry arrived 3.01 s after the 429.',
    citation: 'Running GitLab Runner behind a proxy, 14.10.1, “Handling rate limited requests”',
    requirement: 'It waits until the stated time, then issues the same request again, with the same body.',
    durationMs: 3120,
    waitedMs: 3120,
    evidence: [],
    findings: [],
    isolation: 'namespace',
    ...each,
  };
}

/** results.json around some outcomes. */
export function results(outcomes: readonly CaseOutcome[], more: Partial<Results> & { strict?: boolean } = {}): Results {
  const { strict = false, ...rest } = more;
  return {
    suite: { name: 'proxyproof', version: '0.1.0' },
    subject: { kind: 'gitlab-runner', version: '14.10.1', path: '/usr/local/bin/gitlab-runner' },
    profile: '14.10',
    environment: {
      startedAt: '2026-03-02T10:20:30.000Z',
      durationMs: 304_000,
      os: 'Linux 6.1.0',
      node: '24.21.0',
      cpus: 2,
      command: './proxyproof run --runner gitlab-runner',
      tools: { git: '2.39.5', squid: '5.7' },
    },
    outcomes,
    totals: totals(outcomes, strict),
    ...rest,
  };
}
