import type { Behaviour } from '../../harness/runner/reference/index.ts';
import type { Variant } from './_variant.ts';

const polling =
  (change: Partial<Behaviour['poll']>) =>
  (honest: Behaviour): Behaviour => ({ ...honest, poll: { ...honest.poll, ...change } });

const tracing =
  (change: Partial<Behaviour['trace']>) =>
  (honest: Behaviour): Behaviour => ({ ...honest, trace: { ...honest.trace, ...change } });

const retrying =
  (change: Partial<Behaviour['retry']>) =>
  (honest: Behaviour): Behaviour => ({ ...honest, retry: { ...honest.retry, ...change } });

/** What a right runner may do in another way while it polls and runs jobs. */
export const pollingVariants: readonly Variant[] = [
  {
    name: 'doubles-its-interval',
    says: 'While polls fail the interval doubles, up to 30 s; polling resumes by itself all the same.',
    varies: polling({ waits: (interval, failures) => Math.min(interval * 2 ** failures, Math.max(30_000, interval)) }),
  },
  {
    name: 'polls-with-jitter',
    says: 'A poll comes up to half a second later, each time another.',
    varies: polling({ waits: (interval, failures) => interval + 100 + ((failures * 397) % 400) }),
  },
  {
    name: 'sends-small-parts',
    says: 'A part of a trace has no more than 1,000 bytes.',
    varies: tracing({ partBytes: 1000 }),
  },
  {
    name: 'sends-every-five-seconds',
    says: 'The trace is sent every 5 s, however often GitLab wants it.',
    varies: tracing({ waits: () => 5000 }),
  },
  {
    name: 'is-never-silent',
    says: 'GitLab is told that a job runs whenever nothing was sent for 2 s.',
    varies: tracing({ silentMs: 2000 }),
  },
  {
    name: 'says-retrying',
    says: 'The log is text, and each line says that the runner is retrying.',
    varies: (honest) => ({
      ...honest,
      writesLog: ({ level, msg, fields }) => `${level.toUpperCase()}: ${msg}, retrying ${JSON.stringify(fields)}`,
    }),
  },
  {
    name: 'tries-twice',
    says: 'A 5xx is followed by a retry a second later.',
    varies: (honest) =>
      retrying({
        decide: (question) =>
          question.answer.status >= 500 && question.attempt < 2
            ? { do: 'wait', ms: 1000 }
            : honest.retry.decide(question),
      })(honest),
  },
  {
    name: 'asks-for-the-head-of-the-page',
    says: 'Before each call it asks GitLab for the head of its front page.',
    varies: retrying({
      precedes: ({ body: _, saveTo: __, ...call }) => ({ ...call, method: 'HEAD', url: new URL('/', call.url) }),
    }),
  },
  {
    name: 'has-lower-case-headers',
    says: 'The names of headers are in lower case.',
    varies: retrying({
      request: (call) => ({
        ...call,
        headers: Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value])),
      }),
    }),
  },
  {
    name: 'polls-a-second-later',
    says: 'A poll comes a second after its interval, as where the interval begins when the answer has been read.',
    varies: polling({ waits: (interval) => interval + 1000 }),
  },
  {
    name: 'has-another-user-agent',
    says: 'It gives its name and version in other words.',
    varies: retrying({
      request: (call) => ({ ...call, headers: { ...call.headers, 'User-Agent': 'another-runner/2.0 (linux)' } }),
    }),
  },
];
