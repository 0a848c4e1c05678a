import { describe, expect, it } from 'vitest';
import { bodyRecord, type RequestKind } from '../../../harness/ledger/index.ts';
import givesUp from '../../../scenarios/rate-limit/gives-up-after-five.ts';
import absent from '../../../scenarios/rate-limit/reset-time-absent.ts';
import invalid from '../../../scenarios/rate-limit/reset-time-invalid.ts';
import valid from '../../../scenarios/rate-limit/reset-time-valid.ts';
import severalWaits from '../../../scenarios/rate-limit/several-waits.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

interface Asked {
  readonly kind?: RequestKind;
  readonly status?: number;
  readonly body?: string;
  readonly id?: string;
  readonly resetAt?: number;
  /** It was cut off before its end, and got no answer. */
  readonly cut?: boolean;
}

let count = 0;

/** One request at GitLab and its answer, at a moment in milliseconds. */
function ask(
  story: Story,
  t: number,
  { kind = 'job', status = 204, body = '{"token":"x"}', id, resetAt, cut = false }: Asked = {},
): Story {
  const exchange = `g${++count}`;
  const sent = story
    .at(t)
    .add('gitlab', {
      kind: 'request',
      connection: 'g',
      exchange,
      via: 'direct',
      method: 'POST',
      target: `/${kind}`,
      httpVersion: '1.1',
      headers: id ? [['X-Request-Id', id]] : [],
      requestKind: kind,
    })
    .add('gitlab', { kind: 'request-body', exchange, ...bodyRecord(body), ...(cut ? { complete: false } : {}) });
  if (cut) return sent;
  return sent.add('gitlab', {
    kind: 'response',
    exchange,
    status,
    reason: '',
    headers: [],
    madeBy: 'self',
    ...(status === 429 ? { planned: { occurrence: 1, ...(resetAt === undefined ? {} : { resetAt }) } } : {}),
  });
}

const limited = (kind: RequestKind = 'job', more: Asked = {}): Story =>
  ask(new Story(), 0, { kind, status: 429, resetAt: 3000, ...more });
const end = (story: Story, t: number): Story => story.at(t).mark('stopping');

describe('reset-time-valid', () => {
  it.each([
    ['at the stated time', 3000, 'pass'],
    ['within the tolerance', 4900, 'pass'],
    ['within the resolution of a second', 2100, 'pass'],
    ['two seconds early', 1000, 'fail'],
    ['too late', 5100, 'fail'],
  ])('again %s: %s', (_, t, outcome) => {
    expect(judged(valid, end(ask(limited(), t), 6000)).outcome).toBe(outcome);
  });

  it('fails when it never comes again, and when another body or target does', () => {
    expect(judged(valid, end(limited(), 10_000)).outcome).toBe('fail');
    expect(judged(valid, end(ask(limited(), 3100, { body: '' }), 6000)).outcome).toBe('fail');
    expect(judged(valid, end(ask(new Story(), 0), 6000)).outcome).toBe('fail');
  });

  it('takes no other update of the job for the retry', () => {
    const story = limited('update', { id: 'a', body: '{"state":"running"}' });
    ask(story, 1000, { kind: 'update', id: 'b', body: '{"state":"running","checksum":"0"}', status: 200 });
    const axes = { request: 'update' };
    expect(
      judged(
        valid,
        end(ask(story, 3100, { kind: 'update', id: 'a', body: '{"state":"running"}', status: 200 }), 6000),
        axes,
      ).outcome,
    ).toBe('pass');
  });
});

describe('reset-time-valid, with clocks apart', () => {
  const outcomes = (clock: string, resetAt: number, ...times: number[]) =>
    times.map((t) => judged(valid, end(ask(limited('job', { resetAt }), t), 110_000), { clock }).outcome);

  it('wants the stated time by either clock', () => {
    expect(outcomes('gitlab-ahead', 3000, 0, 3000, 60_000, 93_000, 99_000)).toEqual([
      'fail',
      'pass',
      'fail',
      'pass',
      'fail',
    ]);
  });

  it('takes a time that is past by the own clock like any other', () => {
    expect(outcomes('gitlab-behind', 3000, 1, 3000, 60_000, 93_000)).toEqual(['pass', 'pass', 'pass', 'fail']);
  });
});

describe('reset-time-invalid', () => {
  it('wants a minute', () => {
    const at = (t: number) => judged(invalid, end(ask(limited('job', { resetAt: Number.NaN }), t), 66_000)).outcome;
    expect([at(10_000), at(60_000), at(61_900), at(63_000)]).toEqual(['fail', 'pass', 'pass', 'fail']);
  });
});

describe('reset-time-absent', () => {
  const watched = (story: Story): Story =>
    story.at(64_000).add('harness', { kind: 'act', what: 'watched', watchedMs: 64_000 });
  const said = (story: Story): Story => story.log('Checking for jobs... failed status=429 Too Many Requests');

  it('wants one request, the error, and to have watched', () => {
    expect(judged(absent, watched(said(limited()))).outcome).toBe('pass');
    expect(judged(absent, watched(limited())).outcome).toBe('fail');
    expect(judged(absent, said(limited())).outcome).toBe('fail');
    expect(judged(absent, watched(ask(said(limited()), 60_000))).outcome).toBe('fail');
  });
});

describe('gives-up-after-five', () => {
  const tries = (n: number): Story => {
    const story = limited();
    for (let i = 1; i < n; i++) ask(story, i * 3000, { status: 429 });
    return story;
  };
  const saying = (story: Story): Story => end(story.log('Checking for jobs... gave up due to rate limit'), 60_000);

  it('wants five requests, neither more nor fewer, and the error', () => {
    expect([4, 5, 6].map((n) => judged(givesUp, saying(tries(n))).outcome)).toEqual(['fail', 'pass', 'fail']);
    expect(judged(givesUp, end(tries(5), 60_000)).outcome).toBe('fail');
  });

  const failing = (story: Story, words: string): Story => story.log(`Checking for jobs... ${words} status=429`);
  const underNew = (story: Story, axes = {}) => judged(givesUp, end(story, 60_000), axes, '18.3').outcome;

  it('wants the error of the final answer after that answer, where the page says so', () => {
    expect(underNew(failing(tries(5), 'failed'))).toBe('pass');
    expect(underNew(failing(tries(6), 'failed'))).toBe('pass');
    expect(underNew(tries(5))).toBe('fail');
    // A line about each wait is not it.
    const waits = failing(limited(), 'waiting');
    for (let i = 1; i < 5; i++) ask(i === 4 ? waits : failing(waits, 'waiting'), i * 3000, { status: 429 });
    expect(underNew(waits)).toBe('fail');
  });

  it('takes the last line for the error, though it says that the runner is retrying', () => {
    const kind = 'update' as const;
    const story = limited(kind);
    for (let i = 1; i < 5; i++) ask(story, i * 3000, { kind, status: 429 });
    failing(story, 'failed, retrying');
    ask(story, 30_000, { kind, status: 200 });
    expect(underNew(story, { request: kind })).toBe('pass');
  });

  it('looks for the error past a try of another call, which began before', () => {
    const kind = 'update' as const;
    const until = (id: string): Story => {
      const story = limited(kind, { id: 'a' });
      for (let i = 1; i < 5; i++) {
        ask(story, i * 3000 - 1500, { kind, status: 429, id: 'b', body: 'another' });
        ask(story, i * 3000, { kind, status: 429, id: 'a' });
      }
      return ask(story, 12_001, { kind, status: 429, id, body: 'another' });
    };
    const axes = { request: kind };
    expect(underNew(failing(until('b'), 'failed'), axes)).toBe('pass');
    expect(underNew(failing(until('c'), 'failed'), axes)).toBe('fail');
  });

  it('says one request of one', () => {
    expect(judged(givesUp, saying(tries(1))).reason).toContain('Observed: 1 request answered with 429');
  });
});

describe('several-waits', () => {
  it('measures a wait up to the request after its 429, though one before was cut off and got no answer', () => {
    const story = limited();
    ask(story, 3200, { cut: true });
    ask(story, 4000, { status: 429, resetAt: 7000 });
    ask(story, 7100);
    const { outcome, reason } = judged(severalWaits, end(story, 60_000), { waits: '4' });
    expect(outcome).toBe('fail');
    expect(reason).toContain('429 was the answer to 2 requests');
    expect(reason).not.toContain('it came again');
  });

  /** Two calls at once, of which each is refused once. @param againMs when the first comes again */
  const atOnce = (againMs: number): Story => {
    const kind = 'update' as const;
    const [one, other] = [
      { kind, id: 'a', body: '{"state":"running"}' },
      { kind, id: 'b', body: '{"state":"running","checksum":"0"}' },
    ];
    const story = ask(new Story(), 0, { ...one, status: 429, resetAt: 3000 });
    ask(story, 1000, { ...other, status: 429, resetAt: 7000 });
    ask(story, againMs, { ...one, status: 200 });
    return end(ask(story, 7100, { ...other, status: 200 }), 60_000);
  };

  it('tells the tries of two calls apart by their ids', () => {
    const axes = { request: 'update', waits: '2' };
    expect(judged(severalWaits, atOnce(3100), axes).reason).not.toContain('again');
    expect(judged(severalWaits, atOnce(1500), axes).reason).toContain('it came again 1.50 s after the 429');
  });
});

describe('reset-time-valid, of an update that tells that a job runs', () => {
  const axes = { request: 'update', update: 'keep-alive' };
  const body = '{"state":"running"}';

  it('takes no update of another call for the retry', () => {
    const story = limited('update', { id: 'a', body });
    ask(story, 1000, { kind: 'update', id: 'b', body, status: 200 });
    const other = end(story, 20_000);
    expect(judged(valid, other, axes).outcome).toBe('fail');
    const again = ask(limited('update', { id: 'a', body }), 1000, { kind: 'update', id: 'b', body, status: 200 });
    expect(
      judged(valid, end(ask(again, 3100, { kind: 'update', id: 'a', body, status: 200 }), 20_000), axes).outcome,
    ).toBe('pass');
  });
});
