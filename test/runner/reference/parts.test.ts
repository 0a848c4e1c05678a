import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../../harness/clock/index.ts';
import { run } from '../../../harness/process/index.ts';
import { Activity } from '../../../harness/runner/reference/activity.ts';
import { statusText } from '../../../harness/runner/reference/api/status-text.ts';
import { within } from '../../../harness/runner/reference/http/limit.ts';
import { chooseProxy } from '../../../harness/runner/reference/http/proxy-choice.ts';
import { configured, expand } from '../../../harness/runner/reference/job/environment.ts';
import { quote } from '../../../harness/runner/reference/job/shell-quote.ts';
import { SentTrace } from '../../../harness/runner/reference/job/trace.ts';
import { goProxy } from '../../../harness/runner/reference/policies/proxy-policy.ts';
import { backOff, rfc1123 } from '../../../harness/runner/reference/policies/retry-policy.ts';
import { anotherPasses } from '../../another-passes.ts';

describe('an RFC 1123 date', () => {
  it.each(['Wed, 21 Oct 2015 07:28:00 GMT', 'Wed, 21 Oct 2015 07:28:00 UTC', ' wed, 21 oct 2015 07:28:00 gmt '])(
    'is %s',
    (text) => expect(rfc1123(text)).toBe(Date.UTC(2015, 9, 21, 7, 28)),
  );

  it.each([
    'Wednesday, 21-Oct-15 07:28:00 GMT',
    'Wed Oct 21 07:28:00 2015',
    'Wed, 21 Oct 2015 07:28:00 CET',
    'Wed, 21 Oct 2015 07:28:00',
    'Wed, 31 Feb 2015 07:28:00 GMT',
    'Wed, 21 Oct 2015 24:00:00 GMT',
    '1445412480',
    '',
  ])('is not %j', (text) => expect(rfc1123(text)).toBeUndefined());
});

describe('the back-off', () => {
  it('doubles up to a minute', () => {
    expect([1, 2, 3, 10, 11, 50].map(backOff)).toEqual([100, 200, 400, 51_200, 60_000, 60_000]);
  });
});

describe('the choice of a proxy', () => {
  const env = { HTTP_PROXY: 'http://p:1', NO_PROXY: '' };

  it.each(['http://localhost', 'http://127.0.0.9:80', 'http://[::1]/'])('is none for %s', (url) =>
    expect(chooseProxy(goProxy, env, { kind: 'job', url: new URL(url) })).toBeUndefined(),
  );

  it('prefers the upper-case variable', () => {
    const both = { ...env, http_proxy: 'http://q:2' };
    expect(chooseProxy(goProxy, both, { kind: 'job', url: new URL('http://a.test') })?.host).toBe('p');
  });

  it('is refused in the environment of a CGI program', () => {
    const cgi = { ...env, REQUEST_METHOD: 'GET' };
    expect(() => chooseProxy(goProxy, cgi, { kind: 'job', url: new URL('http://a.test') })).toThrow(/CGI/);
  });
});

describe('a trace', () => {
  const text = (trace: SentTrace): string => trace.take().toString();

  it('masks a secret however it is cut', () => {
    const secret = 'sécret-token';
    for (let at = 0; at <= Buffer.byteLength(secret); at++) {
      const trace = new SentTrace([secret]);
      const bytes = Buffer.from(`a ${secret} b`);
      trace.write(bytes.subarray(0, at + 2));
      trace.write(bytes.subarray(at + 2));
      trace.flush();
      expect(text(trace)).toBe('a [MASKED] b');
    }
  });

  it('masks what is printed in one piece only, if it holds nothing back', () => {
    const trace = new SentTrace(['secret'], { holdsBack: () => [] });
    trace.write('secret sec');
    trace.write('ret');
    expect(text(trace)).toBe('[MASKED] secret');
  });

  it('masks the longer of two secrets that begin alike', () => {
    const trace = new SentTrace(['token', 'token-two']);
    trace.write('token-two token');
    trace.flush();
    expect(text(trace)).toBe('[MASKED] [MASKED]');
  });

  it('holds back no more than what may be a secret, and only until it is flushed', () => {
    const trace = new SentTrace(['secret']);
    trace.write('say sec');
    expect(text(trace)).toBe('say ');
    trace.flush();
    expect(text(trace)).toBe('sec');
    expect(trace.size).toBe(7);
  });
});

describe('variables', () => {
  it('are expanded by their values', () => {
    expect(
      expand(
        `$A $\{B}x $$A $NONE $-`,
        new Map([
          ['A', '1'],
          ['B', '2'],
        ]),
      ),
    ).toBe('1 2x $A  $-');
  });

  it('of config.toml are split at the first equals sign', () => {
    expect([...configured(['A=b=c', 'D'])]).toEqual([
      ['A', 'b=c'],
      ['D', ''],
    ]);
  });

  it('are quoted for a shell', () => expect(quote(`it's`)).toBe(`'it'\\''s'`));

  it.each(['sh', 'bash'])('reach %s as they are', async (shell) => {
    const text = `-it's "$HOME" \`id\` \\ \r \x1b[1m \x9b \b \t\n~ #é\n`;
    const { stdout } = await run(shell, ['-c', `printf %s ${quote(text)}`], { limitMs: 30_000 });
    expect(stdout).toBe(text);
  });
});

describe("a status's text", () => {
  const call = { kind: 'job' as const, method: 'POST', url: new URL('http://u:p@a.test/x?token=t'), headers: {} };
  const answer = (body: string, type = 'application/json') => ({
    status: 429,
    reason: 'Too Many Requests',
    headers: [['content-type', type] as const],
    body: Buffer.from(body),
    closes: false,
  });

  it.each([
    ['{"message":"slow"}', 'POST http://a.test/x: 429 Too Many Requests (slow)'],
    ['{"message":{"base":["a","b"]}}', 'POST http://a.test/x: 429 Too Many Requests (base: a; b)'],
    ['{"message":"429 Too Many Requests"}', 'POST http://a.test/x: 429 Too Many Requests'],
    ['no JSON', '429 Too Many Requests'],
  ])('%s', (body, expected) => expect(statusText(call, answer(body))).toBe(expected));

  it('of a page is the status alone', () =>
    expect(statusText(call, answer('{}', 'text/html'))).toBe('429 Too Many Requests'));
});

describe('an activity', () => {
  it('keeps time from passing but while it sleeps', async () => {
    const clock = simulatedClock();
    const outside = clock.sleep(5).then(() => clock.elapsed());
    await Activity.run(clock, async (activity) => {
      await anotherPasses();
      expect(clock.elapsed()).toBe(0);
      await activity.sleep(10);
      expect(clock.elapsed()).toBe(10);
    });
    expect(await outside).toBe(5);
  });

  it('lets time pass when it fails', async () => {
    const clock = simulatedClock();
    const failed = Activity.run(clock, (activity) => activity.sleep(10, AbortSignal.abort(new Error('over'))));
    await expect(failed).rejects.toThrow('over');
    await clock.sleep(1);
  });
});

describe('a limit', () => {
  it('passes on the clock, and what comes later is discarded', async () => {
    const clock = simulatedClock();
    const work = Promise.withResolvers<string>();
    const late = Promise.withResolvers<string>();
    const limited = within(clock, 30_000, work.promise, {
      tooLate: () => new Error('too late'),
      signal: new AbortController().signal,
      discard: late.resolve,
    });
    await expect(limited).rejects.toThrow('too late');
    expect(clock.elapsed()).toBe(30_000);
    work.resolve('late');
    expect(await late.promise).toBe('late');
  });
});
