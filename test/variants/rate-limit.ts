import { randomUUID } from 'node:crypto';
import type { Behaviour, LogEntry } from '../../harness/runner/reference/index.ts';
import type { Variant } from './_variant.ts';

type Retry = Behaviour['retry'];
type Call = Parameters<Retry['request']>[0];

const retrying =
  (change: (honest: Retry) => Partial<Retry>) =>
  (honest: Behaviour): Behaviour => ({
    ...honest,
    retry: { ...honest.retry, ...change(honest.retry) },
  });

/** Every wait, changed. */
const waits = (change: (ms: number, attempt: number) => number) =>
  retrying(({ decide }) => ({
    decide: (question) => {
      const honest = decide(question);
      return honest.do === 'wait' ? { ...honest, ms: change(honest.ms, question.attempt) } : honest;
    },
  }));

/** The default back-off, whose length the page leaves open; nothing else is so short in these scenarios. */
const backOffs = (change: (attempt: number) => number) =>
  waits((ms, attempt) => (ms > 0 && ms === 100 * 2 ** (attempt - 1) ? change(attempt) : ms));

/** Every request of a call, changed in the same way. */
const requests = (change: (call: Call, attempt: number) => Call) => retrying(() => ({ request: change }));

const withHeaders = (call: Call, headers: Readonly<Record<string, string>>): Call => ({
  ...call,
  headers: { ...call.headers, ...headers },
});

const logging =
  (writesLog: Behaviour['writesLog']) =>
  (honest: Behaviour): Behaviour => ({ ...honest, writesLog });

const pairs = ({ fields }: LogEntry): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ');

const isFailure = ({ level, msg }: LogEntry): boolean => level !== 'info' && !msg.startsWith('Waiting');

/** What a right runner may do in another way where it is limited. */
export const rateLimitVariants: readonly Variant[] = [
  {
    name: 'logs-text',
    says: 'The log is lines for people, and a level is a word in capitals.',
    varies: logging((entry) => `${entry.level.toUpperCase()}: ${entry.msg}  ${pairs(entry)}`),
  },
  {
    name: 'logs-logfmt',
    says: 'The log is logfmt, with a time of day that has milliseconds.',
    varies: logging(
      (entry, time) => `time="${time}" level=${entry.level} msg=${JSON.stringify(entry.msg)} ${pairs(entry)}`,
    ),
  },
  {
    name: 'logs-colours',
    says: 'The log has colours.',
    varies: logging((entry) => `\u001b[0;33m${entry.level.toUpperCase()}\u001b[0;m: ${entry.msg} ${pairs(entry)}`),
  },
  {
    name: 'says-retrying-in-the-end',
    says: 'The line with the final error says that the runner is retrying, as it is: in its next call.',
    varies: logging((entry) => {
      const failed = isFailure(entry);
      return `${failed ? 'WARNING' : entry.level.toUpperCase()}: ${entry.msg}${failed ? ', retrying' : ''} ${pairs(entry)}`;
    }),
  },
  {
    name: 'says-nothing-of-waits',
    says: 'A wait is not logged; that it should be is recommended.',
    varies: (honest) => ({ ...honest, logs: ({ msg }) => !msg.startsWith('Waiting') }),
  },
  {
    name: 'retries-five-times',
    says: 'The first request is not counted among five retries.',
    profiles: ['18.3'],
    varies: retrying(() => ({ tries: 6 })),
  },
  {
    name: 'waits-after-the-last',
    says: 'What the last answer asks for is waited for, though nothing is made again.',
    profiles: ['18.3'],
    varies: retrying(() => ({ waitsAfterLast: true })),
  },
  {
    name: 'does-not-wait-after-the-last',
    says: 'A call that gives up does so at once.',
    profiles: ['14.10'],
    varies: retrying(() => ({ waitsAfterLast: false })),
  },
  {
    name: 'waits-a-second-more',
    says: 'A wait lasts a second longer, to be sure.',
    varies: waits((ms) => (ms >= 1000 ? ms + 1000 : ms)),
  },
  {
    name: 'waits-with-jitter',
    says: 'A wait lasts a little longer, each time another.',
    varies: waits((ms, attempt) => ms + ((attempt * 7919) % 900)),
  },
  {
    name: 'backs-off-by-a-second',
    says: 'The default back-off is a second, each time.',
    profiles: ['18.3'],
    varies: backOffs(() => 1000),
  },
  {
    name: 'backs-off-by-half-a-minute',
    says: 'The default back-off is half a minute.',
    profiles: ['18.3'],
    varies: backOffs(() => 30_000),
  },
  {
    name: 'holds-every-request',
    says: 'While one kind of request is limited, no other is made.',
    varies: retrying(({ decide }) => ({
      decide: (question) => {
        const honest = decide(question);
        if (honest.do === 'wait') question.memory.set('until', question.now + honest.ms);
        return honest;
      },
      holds: (_, now, memory) => Math.max(0, (memory.get('until') ?? 0) - now),
    })),
  },
  {
    name: 'retries-on-5xx',
    says: 'A 5xx is followed by a retry, too, of which the older page says nothing.',
    profiles: ['14.10'],
    varies: retrying(({ decide }) => ({
      decide: (question) =>
        question.answer.status >= 500 && question.attempt < 3 ? { do: 'wait', ms: 500 } : decide(question),
    })),
  },
  {
    name: 'has-an-id-for-each-try',
    says: 'Each request has an id of its own, a retry as well.',
    varies: requests((call) => withHeaders(call, { 'X-Request-Id': randomUUID() })),
  },
  {
    name: 'has-no-ids',
    says: 'Requests have no id.',
    profiles: ['18.3'],
    varies: requests(({ headers: { 'X-Request-Id': _, ...headers }, ...call }) => ({ ...call, headers })),
  },
  {
    name: 'counts-its-tries-in-a-header',
    says: 'A header says which try it is.',
    varies: requests((call, attempt) => withHeaders(call, { 'X-Attempt': String(attempt) })),
  },
  {
    name: 'tells-of-the-start',
    says: "That a job starts is told in a call of its own, beside the trace's calls, which may say the same meanwhile.",
    profiles: ['18.3'],
    varies: (honest) => ({ ...honest, trace: { ...honest.trace, tellsStart: true, silentMs: 2000 } }),
  },
  {
    name: 'writes-json-in-lines',
    says: 'JSON is written with line breaks and spaces.',
    varies: requests((call) => {
      const { body, headers } = call;
      if (!body || !('bytes' in body) || headers['Content-Type'] !== 'application/json') return call;
      return { ...call, body: { bytes: Buffer.from(JSON.stringify(JSON.parse(body.bytes.toString()), null, 2)) } };
    }),
  },
  {
    name: 'asks-for-options-first',
    says: 'Before each call it asks for OPTIONS.',
    varies: retrying(() => ({
      precedes: ({ body: _, saveTo: __, ...call }) => ({ ...call, method: 'OPTIONS' }),
    })),
  },
  {
    name: 'asks-for-the-head-first',
    says: 'Before each call it asks GitLab for the head of its front page.',
    varies: retrying(() => ({
      precedes: ({ body: _, saveTo: __, ...call }) => ({ ...call, method: 'HEAD', url: new URL('/', call.url) }),
    })),
  },
];
