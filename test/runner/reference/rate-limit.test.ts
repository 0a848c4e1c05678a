import { describe, expect, it } from 'vitest';
import { type Bench, bench, job, type Profile, until } from './bench.ts';
import type { GivenAnswer } from './stand-in-gitlab.ts';

const profiles = ['14.10', '18.3'] as const;

/** A date that is so many seconds after the bench's beginning. */
const inSeconds = (here: Bench, seconds: number): string =>
  new Date(here.host.clock.now() - here.host.clock.elapsed() + seconds * 1000).toUTCString();

const limited = (resetTime?: string, more: Partial<GivenAnswer> = {}): GivenAnswer => ({
  status: 429,
  ...more,
  headers: { ...(resetTime === undefined ? {} : { 'RateLimit-ResetTime': resetTime }), ...more.headers },
});

/** When the verify requests of one command came, in seconds, given what the first are answered. */
async function verifications(
  profile: Profile,
  mutant: string | undefined,
  answers: (here: Bench) => GivenAnswer[],
): Promise<{ at: number[]; bodies: string[]; urls: string[]; log: string; code: number | null }> {
  await using here = await bench({ profile, ...(mutant ? { mutant } : {}) });
  here.gitlab.give('verify', ...answers(here));
  const { code } = await here.subject.verify(here.config());
  const { seen } = here.gitlab;
  return {
    at: seen.map((each) => each.t / 1000),
    bodies: seen.map((each) => each.body.toString()),
    urls: seen.map((each) => each.url),
    log: here.host.evidence
      .logs()
      .map((each) => each.line)
      .join('\n'),
    code,
  };
}

const times = (count: number, answer: GivenAnswer): GivenAnswer[] => Array.from({ length: count }, () => answer);

describe.each(profiles)('a rate limit, profile %s', (profile) => {
  it('is waited for until the reset time, and the same request made again', async () => {
    const { at, bodies, log } = await verifications(profile, undefined, (here) => [limited(inSeconds(here, 5))]);
    expect(at).toEqual([0, 5]);
    expect(bodies[1]).toBe(bodies[0]);
    expect(log).toContain('is alive');
  });

  it.each(['ratelimit-resettime', 'RATELIMIT-RESETTIME', 'rAtElImIt-ReSeTtImE'])(
    'by a header spelled %s',
    async (name) => {
      const answers = (here: Bench) => [limited(undefined, { headers: { [name]: inSeconds(here, 5) } })];
      expect((await verifications(profile, undefined, answers)).at).toEqual([0, 5]);
      expect((await verifications(profile, 'matches-header-case-sensitively', answers)).at).not.toEqual([0, 5]);
    },
  );

  it.each([
    ['an empty body', {}],
    ['a JSON body', { body: '{"message":"slow down"}', headers: { 'Content-Type': 'application/json' } }],
    ['a closed connection', { body: 'Retry later', headers: { Connection: 'close' } }],
  ] as const)('with %s', async (_, more) => {
    const { at } = await verifications(profile, undefined, (here) => [limited(inSeconds(here, 5), more)]);
    expect(at).toEqual([0, 5]);
  });

  it('that has passed already is not waited for, and tried five times', async () => {
    const { at } = await verifications(profile, undefined, (here) => times(9, limited(inSeconds(here, -60))));
    expect(at).toEqual([0, 0, 0, 0, 0]);
  });

  it('whose reset has a next day is waited for', async () => {
    const { at } = await verifications(profile, undefined, (here) => [limited(inSeconds(here, 3600 * 30))]);
    expect(at).toEqual([0, 3600 * 30]);
  });
});

describe('a rate limit, profile 14.10', () => {
  it('with a reset time that is no date is waited for a minute', async () => {
    const { at } = await verifications('14.10', undefined, () => [limited('soon')]);
    expect(at).toEqual([0, 60]);
  });

  it.each(['Thu, 01 Jan 2026 13:00:00 +0200', '2026-01-01T13:00:00Z', '1767272400', 'Thu, 31 Feb 2026 13:00:00 GMT'])(
    'does not take %s for a date',
    async (value) => {
      expect((await verifications('14.10', undefined, () => [limited(value)])).at).toEqual([0, 60]);
    },
  );

  it('without a reset time is an error at once', async () => {
    const { at, log } = await verifications('14.10', undefined, () => [
      limited(undefined, {
        headers: { 'Retry-After': '9', 'Content-Type': 'application/json' },
        body: '{"message":"no"}',
      }),
    ]);
    expect(at).toEqual([0]);
    expect(log).toMatch(/POST http:\S+\/runners\/verify: 429 Too Many Requests \(no\)/);
  });

  it('that does not end is given up after five requests and five waits', async () => {
    const { at, log } = await verifications('14.10', undefined, () => times(9, limited('soon')));
    expect(at).toEqual([0, 60, 120, 180, 240]);
    expect(log).toContain('gave up due to rate limit');
  });

  it.each([408, 500, 502, 503, 504])('is not what %i is', async (status) => {
    expect((await verifications('14.10', undefined, () => [{ status }])).at).toEqual([0]);
  });
});

describe('a rate limit, profile 18.3', () => {
  it('with a reset time that is no date is waited for as Retry-After says, else by the back-off', async () => {
    const after = { headers: { 'Retry-After': '9' } };
    expect((await verifications('18.3', undefined, () => [limited('soon', after)])).at).toEqual([0, 9]);
    expect((await verifications('18.3', undefined, () => [limited('soon')])).at).toEqual([0, 0.1]);
    expect((await verifications('18.3', undefined, () => [limited(undefined, after)])).at).toEqual([0, 9]);
  });

  it('prefers the reset time', async () => {
    const answers = (here: Bench) => [limited(inSeconds(here, 4), { headers: { 'Retry-After': '9' } })];
    expect((await verifications('18.3', undefined, answers)).at).toEqual([0, 4]);
  });

  it('that does not end is tried five times, and the last error told', async () => {
    const { at, log } = await verifications('18.3', undefined, () => times(9, limited()));
    expect(at).toEqual([0, 0.1, 0.3, 0.7, 1.5]);
    expect(log).toContain('429 Too Many Requests');
  });

  it.each([408, 500, 502, 503, 504])('is treated as %i is', async (status) => {
    expect((await verifications('18.3', undefined, () => [{ status }])).at).toEqual([0, 0.1]);
  });

  it('keeps one request id for all tries of a call, and another for the next call', async () => {
    await using here = await bench({ profile: '18.3' });
    here.gitlab.give('job', limited());
    await here.runUntil(() => here.gitlab.of('job').length > 2);
    const [first, again, next] = here.gitlab.of('job').map((each) => each.headers['x-request-id']);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(again).toBe(first);
    expect(next).not.toBe(first);
  });
});

describe.each(profiles)('every kind of request, profile %s', (profile) => {
  it.each(['job', 'trace', 'update', 'upload', 'download', 'register', 'verify', 'unregister'])(
    '%s is made again after the reset time',
    async (kind) => {
      await using here = await bench({ profile });
      here.gitlab.give(kind, limited(inSeconds(here, 20)));
      if (kind === 'download') here.gitlab.give(kind, { status: 404 });
      if (kind === 'register') await here.subject.register(here.config(), 'registration');
      else if (kind === 'verify') await here.subject.verify(here.config());
      else if (kind === 'unregister') await here.subject.unregister(here.config());
      else {
        const moves = {
          steps: [{ name: 'script', script: ['echo x > file'] }],
          artifacts: [{ paths: ['file'] }],
          dependencies: kind === 'download' ? [{ id: 3, token: 'job-token-3' }] : [],
        };
        here.gitlab.giveJob(job(moves));
        await here.runUntil(() => (kind === 'job' ? here.gitlab.of(kind).length > 1 : here.gitlab.end !== undefined));
      }
      const [first, again] = here.gitlab.of(kind);
      expect(again?.t).toBe(20_000);
      expect(again?.url).toBe(first?.url);
      expect(again?.body.equals(first?.body ?? Buffer.alloc(0))).toBe(true);
      expect(again?.body.length).toBe(kind === 'download' ? 0 : first?.body.length);
    },
  );
});

describe('mutants of rate limiting', () => {
  const valid = (here: Bench) => [limited(inSeconds(here, 8))];
  const withBody = (here: Bench) => [limited(inSeconds(here, 8), { body: 'slow down' })];
  const closing = (here: Bench) => [limited(inSeconds(here, 8), { headers: { Connection: 'close' } })];
  const far = (here: Bench) => [limited(inSeconds(here, 3600))];
  const past = (here: Bench) => times(30, limited(inSeconds(here, -60)));
  const invalid = () => [limited('soon')];
  const forEver = () => times(20, limited('soon', { headers: { 'Retry-After': '60' } }));
  const absent = () => [limited(undefined)];

  it.each([
    ['14.10', 'ignores-reset-time', valid, [0]],
    ['18.3', 'ignores-reset-time', valid, [0, 0.1]],
    ['14.10', 'no-one-minute-fallback', invalid, [0]],
    ['18.3', 'no-one-minute-fallback', invalid, [0]],
    ['14.10', 'fallback-of-ten-seconds', invalid, [0, 10]],
    ['18.3', 'fallback-of-ten-seconds', invalid, [0, 10]],
    ['14.10', 'treats-absent-like-invalid', absent, [0, 60]],
    ['18.3', 'treats-absent-like-invalid', absent, [0, 60]],
    ['14.10', 'one-try-too-few', forEver, [0, 60, 120, 180]],
    ['18.3', 'one-try-too-few', forEver, [0, 60, 120, 180]],
    ['14.10', 'one-try-too-many', forEver, [0, 60, 120, 180, 240, 300]],
    ['18.3', 'one-try-too-many', forEver, [0, 60, 120, 180, 240, 300]],
    ['14.10', 'returns-before-reset-time', valid, [0, 2]],
    ['18.3', 'returns-before-reset-time', valid, [0, 2]],
    ['14.10', 'retries-on-every-status', () => [{ status: 500 }], [0, 1]],
    ['18.3', 'retries-on-every-status', () => [{ status: 404 }], [0, 1]],
    ['14.10', 'hot-loop-on-past-date', past, Array(31).fill(0)],
    ['18.3', 'hot-loop-on-past-date', past, Array(31).fill(0)],
    ['18.3', 'ignores-retry-after', () => [limited(undefined, { headers: { 'Retry-After': '60' } })], [0, 0.1]],
    ['14.10', 'only-retries-job-requests', valid, [0]],
    ['18.3', 'only-retries-job-requests', valid, [0]],
    ['14.10', 'trusts-only-empty-bodies', withBody, [0]],
    ['14.10', 'fails-after-connection-close', closing, [0]],
    ['14.10', 'wakes-early-on-far-reset', far, [0, 300]],
    ['18.3', 'wakes-early-on-far-reset', far, [0, 300]],
  ] as const)('%s: %s', async (profile, mutant, answers, expected) => {
    expect((await verifications(profile, mutant, (here) => [...answers(here)])).at).toEqual(expected);
    expect((await verifications(profile, undefined, (here) => [...answers(here)])).at).not.toEqual(expected);
  });

  it.each(['trusts-only-empty-bodies', 'fails-after-connection-close'])('%s does wait otherwise', async (mutant) => {
    expect((await verifications('14.10', mutant, valid)).at).toEqual([0, 8]);
  });

  it.each(profiles)('%s: retries-without-body', async (profile) => {
    const { bodies } = await verifications(profile, 'retries-without-body', valid);
    expect(bodies[0]).toContain('runner-token-1');
    expect(bodies[1]).toBe('');
  });

  it.each(profiles)('%s: retries-another-url', async (profile) => {
    const { urls } = await verifications(profile, 'retries-another-url', valid);
    expect(urls).toEqual(['/api/v4/runners/verify', '/api/runners/verify']);
  });

  it.each(profiles)('%s: uses-stale-answer', async (profile) => {
    const { at, log } = await verifications(profile, 'uses-stale-answer', valid);
    expect(at).toEqual([0, 8]);
    expect(log).toContain('429 Too Many Requests');
  });

  it.each(profiles)('%s: wrong-final-error', async (profile) => {
    const { log } = await verifications(profile, 'wrong-final-error', forEver);
    // Each wait names the status that asked for it; the end must not.
    const end = log
      .split('\n')
      .filter((line) => !line.includes('Waiting before making the next call'))
      .join('\n');
    expect(end).not.toMatch(/gave up due to rate limit|429/);
    expect(end).toContain('request failed');
  });

  it.each(profiles)('%s: does-not-stop-while-waiting', async (profile) => {
    await using here = await bench({ profile, mutant: 'does-not-stop-while-waiting' });
    here.gitlab.give('job', limited(inSeconds(here, 36_000)));
    await using running = await here.subject.run(here.config());
    await until(() => here.gitlab.seen.length > 0 && here.host.evidence.logs(/Waiting/).length > 0);
    await expect(running.stop('graceful')).rejects.toThrow(/did not stop within 30 s/);
    expect((await running.ended).signal).toBe('SIGKILL');
  });

  it.each(profiles)('%s: the honest one does stop while it waits', async (profile) => {
    await using here = await bench({ profile });
    here.gitlab.give('job', limited(inSeconds(here, 36_000)));
    await using running = await here.subject.run(here.config());
    await until(() => here.host.evidence.logs(/Waiting/).length > 0);
    const before = here.host.clock.elapsed();
    expect(await running.stop('graceful')).toEqual({ code: 0, signal: null });
    expect(here.host.clock.elapsed()).toBe(before);
    expect(here.gitlab.seen).toHaveLength(1);
  });
});
