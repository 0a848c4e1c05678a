import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import type { Answer, Plan } from '../../harness/gitlab/index.ts';
import { jobRequest, raw } from './raw.ts';
import { type Started, start } from './started.ts';

const NOON = Date.UTC(2024, 0, 7, 12, 0, 0);

const startAt = (plan: Plan, at = NOON): Promise<Started> => start({ plan }, { clock: simulatedClock(at) });

const ask = ({ gitlab, api }: Started) => api.post('/api/v4/jobs/request').send({ token: gitlab.tokens.runner });

const statuses = async (started: Started, count: number): Promise<number[]> => {
  const all: number[] = [];
  for (let i = 0; i < count; i++) all.push((await ask(started)).status);
  return all;
};

const limited = (answer: Omit<Answer, 'status'> = {}, times = 1): Plan => [
  { on: 'job', times, give: { status: 429, ...answer } },
];

describe('a plan', () => {
  it('answers so many requests of a kind, then success', async () => {
    await using started = await startAt(limited({}, 2));
    expect(await statuses(started, 3)).toEqual([429, 429, 204]);
    const occurrences = started.evidence.gitlab('job').map(({ planned }) => planned?.occurrence);
    expect(occurrences).toEqual([1, 2, undefined]);
  });

  it('goes through its steps in order, letting requests pass where it says so', async () => {
    await using started = await startAt([
      { on: 'job', times: 1, after: 1, give: { status: 503 } },
      { on: 'job', times: 2, after: 1, give: { status: 500 } },
    ]);
    expect(await statuses(started, 6)).toEqual([204, 503, 204, 500, 500, 204]);
  });

  it('counts every kind of request by itself', async () => {
    await using started = await startAt([{ on: ['job', 'verify'], times: 1, give: { status: 429 } }]);
    const { runner: token } = started.gitlab.tokens;
    const verify = () => started.api.post('/api/v4/runners/verify').send({ token });
    expect(await statuses(started, 2)).toEqual([429, 204]);
    expect([(await verify()).status, (await verify()).status]).toEqual([429, 200]);
  });

  it('can last for ever, and be replaced', async () => {
    await using started = await startAt([{ on: 'job', times: 'ever', give: { status: 500 } }]);
    expect(await statuses(started, 3)).toEqual([500, 500, 500]);
    started.gitlab.follow([{ on: 'job', times: 1, give: { status: 502 } }]);
    expect(await statuses(started, 2)).toEqual([502, 204]);
    expect(started.evidence.gitlab('job').at(3)?.planned?.occurrence).toBe(1);
  });

  it('records the request and its body before the answer', async () => {
    await using started = await startAt(limited());
    await ask(started);
    const kinds = started.ledger.events.map(({ kind }) => kind);
    expect(kinds.slice(0, 5)).toEqual(['connection', 'request', 'request-body', 'response', 'response-body']);
    const [exchange] = started.evidence.gitlab('job');
    expect(exchange?.body).toMatchObject({ complete: true, text: '{"token":"«runner-token»"}' });
    expect(exchange).toMatchObject({ status: 429, reason: 'Too Many Requests', madeBy: 'self', via: 'proxy' });
  });

  it('spells headers as it is told, in order, and as often', async () => {
    await using started = await startAt(
      limited({
        resetTime: { literal: 'soon' },
        resetTimeHeader: 'rAtElImIt-rEsEtTiMe',
        resetTimeCopies: 2,
        retryAfter: 7,
        headers: [
          ['X-Order', 'one'],
          ['x-order', 'two'],
        ],
        reason: 'Slow Down',
        body: 'json',
      }),
    );
    const request = jobRequest(started.gitlab.tokens.runner);
    const { text } = await raw(started.gitlab.port, request, (so) => so.includes('}'));
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('HTTP/1.1 429 Slow Down');
    expect(lines.slice(1, 6)).toEqual([
      'rAtElImIt-rEsEtTiMe: soon',
      'rAtElImIt-rEsEtTiMe: soon',
      'Retry-After: 7',
      'X-Order: one',
      'x-order: two',
    ]);
    expect(text).toContain('Date: Sun, 07 Jan 2024 12:00:00 GMT\r\n');
    const [exchange] = started.evidence.gitlab();
    expect(exchange?.responseHeaders.map(([name, value]) => `${name}: ${value}`)).toEqual(
      lines.slice(1, lines.indexOf('')),
    );
    expect(exchange?.planned).toEqual({ occurrence: 1, resetTime: 'soon', retryAfter: '7' });
  });

  it.each([
    ['rfc1123', 'Sun, 07 Jan 2024 12:00:03 GMT'],
    ['rfc1123-utc', 'Sun, 07 Jan 2024 12:00:03 UTC'],
    ['numeric-zone', 'Sun, 07 Jan 2024 14:00:03 +0200'],
    ['rfc850', 'Sunday, 07-Jan-24 12:00:03 GMT'],
    ['asctime', 'Sun Jan  7 12:00:03 2024'],
    ['iso8601', '2024-01-07T12:00:03Z'],
    ['epoch', '1704628803'],
    ['padded', '  Sun, 07 Jan 2024 12:00:03 GMT  '],
  ] as const)('names a moment as %s', async (format, value) => {
    await using started = await startAt(limited({ resetTime: { inSeconds: 3, format } }));
    const { text } = await raw(started.gitlab.port, jobRequest(started.gitlab.tokens.runner, ['Connection: close']));
    expect(text).toContain(`RateLimit-ResetTime: ${value}\r\n`);
    expect(started.evidence.gitlab()[0]?.planned).toEqual({ occurrence: 1, resetTime: value, resetAt: 3000 });
  });

  it('never names an earlier moment than was asked for', async () => {
    await using started = await startAt(limited({ resetTime: { inSeconds: 3 } }), NOON + 1);
    const { headers } = await ask(started);
    expect(headers['ratelimit-resettime']).toBe('Sun, 07 Jan 2024 12:00:04 GMT');
    expect(started.evidence.gitlab()[0]?.planned?.resetAt).toBe(3999);
  });

  it('names a moment in the past', async () => {
    await using started = await startAt(limited({ resetTime: { inSeconds: -60 } }));
    expect((await ask(started)).headers['ratelimit-resettime']).toBe('Sun, 07 Jan 2024 11:59:00 GMT');
    expect(started.evidence.gitlab()[0]?.planned?.resetAt).toBe(-60_000);
  });

  it.each([
    ['Sun, 07 Jan 2024 12:01:00 GMT', 60_000],
    ['Sun, 07 Jan 2024 13:01:00 +0100', 60_000],
    ['Sunday, 07-Jan-24 12:01:00 GMT', 60_000],
    ['Sun Jan  7 12:01:00 2024', 60_000],
    ['2024-01-07T12:01:00Z', 60_000],
    ['tomorrow', undefined],
    ['1704628803', undefined],
    ['', undefined],
  ])('knows the moment that the literal "%s" names', async (literal, resetAt) => {
    await using started = await startAt(limited({ resetTime: { literal } }));
    await ask(started);
    const planned = started.evidence.gitlab()[0]?.planned;
    expect(planned?.resetTime).toBe(literal);
    expect(planned?.resetAt).toBe(resetAt);
  });

  it.each([
    ['empty', undefined, ''],
    ['json', 'application/json', /^\{"message":\{"error":"This endpoint .*"\}\}$/],
    ['text', 'text/html', /<h1>429 Too Many Requests<\/h1>/],
  ] as const)('has the body %s', async (body, type, text) => {
    await using started = await startAt(limited({ body }));
    const response = await fetch(`${started.base}/api/v4/jobs/request`, { method: 'POST', body: '{}' });
    expect(response.headers.get('content-type') ?? undefined).toBe(type);
    const received = await response.text();
    expect(received).toMatch(text);
    expect(response.headers.get('content-length')).toBe(String(received.length));
  });

  it('keeps the connection or closes it, as it is told', async () => {
    await using started = await startAt([
      { on: 'job', times: 1, give: { status: 429 } },
      { on: 'job', times: 1, give: { status: 429, connection: 'close' } },
    ]);
    const two = jobRequest(started.gitlab.tokens.runner).repeat(2);
    const { text } = await raw(started.gitlab.port, two);
    expect(text.match(/HTTP\/1.1 429/g)).toHaveLength(2);
    expect(text.match(/Connection: (keep-alive|close)/g)).toEqual(['Connection: keep-alive', 'Connection: close']);
    expect(started.evidence.of('connection')).toHaveLength(1);
  });

  it('gives statuses that have no body', async () => {
    await using started = await startAt([{ on: 'job', times: 1, give: { status: 204, body: 'json' } }]);
    const { text } = await raw(started.gitlab.port, jobRequest(started.gitlab.tokens.runner, ['Connection: close']));
    expect(text).toMatch(/^HTTP\/1.1 204 No Content\r\n/);
    expect(text.toLowerCase()).not.toContain('content-length');
  });

  it('keeps the client waiting before it answers, and tells the time by then', async () => {
    await using started = await startAt(limited({ delayMs: 60_000, resetTime: { inSeconds: 2 } }));
    const release = started.clock.hold();
    const { headers } = await ask(started);
    expect(started.clock.elapsed()).toBe(60_000);
    expect(headers['ratelimit-resettime']).toBe('Sun, 07 Jan 2024 12:01:02 GMT');
    release();
  });

  it('never answers', async () => {
    await using started = await startAt([{ on: 'job', times: 1, give: { hang: true } }]);
    const release = started.clock.hold();
    const hanging = fetch(`${started.base}/api/v4/jobs/request`, {
      method: 'POST',
      body: '{}',
      signal: AbortSignal.any([AbortSignal.timeout(10_000), leaving(started, 90_000)]),
    });
    await expect(hanging).rejects.toThrow('gave up');
    expect(started.clock.elapsed()).toBe(90_000);
    release();
    expect(started.evidence.of('fault')).toMatchObject([{ name: 'hang', state: 'struck' }]);
    expect(started.evidence.gitlab('job')[0]?.status).toBeUndefined();
    expect((await ask(started)).status).toBe(204);
  });

  it('resets the connection before it answers', async () => {
    await using started = await startAt([{ on: 'job', times: 1, give: { reset: 'before-answer' } }]);
    const reply = await raw(started.gitlab.port, jobRequest(started.gitlab.tokens.runner));
    expect(reply).toEqual({ text: '', error: 'ECONNRESET' });
    expect(started.evidence.of('fault')).toMatchObject([{ name: 'reset before-answer' }]);
    expect(started.evidence.gitlab('job')[0]?.body?.complete).toBe(true);
  });

  it('takes the request, and resets the connection when it would answer', async () => {
    await using started = await startAt([{ on: 'job', times: 1, give: { reset: 'after-taking' } }]);
    const job = started.gitlab.queue({});
    const reply = await raw(started.gitlab.port, jobRequest(started.gitlab.tokens.runner));
    expect(reply).toEqual({ text: '', error: 'ECONNRESET' });
    expect(job.state).toBe('running');
    expect(started.evidence.of('fault')).toMatchObject([{ name: 'reset after-taking' }]);
    expect(started.evidence.gitlab('job')[0]?.status).toBeUndefined();
  });

  it('resets the connection in the middle of the body', async () => {
    await using started = await startAt([{ on: 'job', times: 1, give: { reset: 'mid-body' } }]);
    const reply = await raw(started.gitlab.port, jobRequest(started.gitlab.tokens.runner));
    expect(reply.error).toBe('ECONNRESET');
    await until(started, 'connection-end');
    const [exchange] = started.evidence.gitlab('job');
    expect(exchange?.status).toBe(200);
    expect(exchange?.planned).toEqual({ occurrence: 1 });
    expect(exchange?.responseBody?.complete).toBe(false);
    expect(exchange?.responseBody?.bytes).toBeGreaterThan(0);
  });

  it('answers an upload that is still being sent', async () => {
    await using started = await start({
      jobs: [{}],
      plan: [{ on: 'upload', times: 1, give: { status: 429, body: 'json' } }],
    });
    const job = await started.takeJob();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(5_000_000)]), 'artifacts.zip');
    const response = await fetch(`${started.base}/api/v4/jobs/${job.id}/artifacts`, {
      method: 'POST',
      headers: { 'Job-Token': job.token },
      body: form,
    });
    expect(response.status).toBe(429);
    const [exchange] = started.evidence.gitlab('upload');
    expect(exchange?.body?.complete).toBe(true);
    expect(exchange?.body?.bytes).toBeGreaterThan(5_000_000);
  });
});

/** Aborts when the clock has come so far, without keeping anybody waiting. */
function leaving({ clock }: Started, ms: number): AbortSignal {
  const controller = new AbortController();
  void clock.sleep(ms).then(() => controller.abort(new Error('gave up')));
  return controller.signal;
}

function until({ ledger }: Started, kind: string): Promise<void> {
  if (ledger.events.some((event) => event.kind === kind)) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = ledger.watch((event) => {
      if (event.kind !== kind) return;
      stop();
      resolve();
    });
  });
}

describe('headers of a limit', () => {
  const namesOf = (started: Started) =>
    (started.evidence.gitlab('job')[0]?.responseHeaders ?? []).map(([name]) => name.toLowerCase());

  it('has the reset time before the others, or after them', async () => {
    const others = { resetTime: { inSeconds: 3 }, retryAfter: 7, rateLimitReset: { inSeconds: 5 } };
    for (const resetTimeLast of [false, true]) {
      await using started = await startAt(limited({ ...others, resetTimeLast }));
      await ask(started);
      const names = namesOf(started).filter((name) => /^r(atelimit|etry)/.test(name));
      const rest = ['retry-after', 'ratelimit-reset'];
      expect(names).toEqual(resetTimeLast ? [...rest, 'ratelimit-resettime'] : ['ratelimit-resettime', ...rest]);
    }
  });

  it('says RateLimit-Reset in seconds since the epoch', async () => {
    await using started = await startAt(limited({ rateLimitReset: { inSeconds: 5 } }));
    const { headers } = await ask(started);
    expect(Number(headers['ratelimit-reset'])).toBe(NOON / 1000 + 5);
  });

  it('goes by a clock of its own where it has one', async () => {
    const plan = limited({ resetTime: { inSeconds: 3 } });
    await using started = await start({ plan, clockAheadSeconds: 90 }, { clock: simulatedClock(NOON) });
    const { headers } = await ask(started);
    const at = (name: string): number => Date.parse(String(headers[name])) - NOON;
    expect([at('date'), at('ratelimit-resettime')]).toEqual([90_000, 93_000]);
    expect(started.evidence.gitlab('job')[0]?.planned?.resetAt).toBe(3000);
  });
});
