import { allLimitAxes, isUsualShape, limitedScenario } from '../../harness/kit/index.ts';
import { INVALID_FALLBACKS, INVALID_TIMES, resetTimeInvalid } from './_rules/reset-time-invalid.ts';

export default limitedScenario({
  id: 'rate-limit/reset-time-invalid',
  asks: 'What does it do when the reset time is not a date?',
  explains:
    'GitLab answers the first request of the kind with 429 and a RateLimit-ResetTime that is no date: words, or with time=month and time=day a date whose month, or whose day of the month, there is not (31 February); with fallback=retry-after, it sends a valid Retry-After besides, with fallback=rate-limit-reset a RateLimit-Reset 90 s ahead, of which the page says nothing, and with fallback=both the two. Profile 14.10 wants the request again after 1 minute in each case; profile 18.3 wants it after Retry-After, else after a default interval, for which the page gives no length: a minute is taken as the most.',
  axes: {
    ...allLimitAxes,
    fallback: { values: INVALID_FALLBACKS, default: 'none' },
    time: { values: INVALID_TIMES, default: 'words' },
  },
  // The other shapes say nothing about which header wins.
  where: (axes) => {
    const { fallback, time, request, body, connection } = axes;
    if (!isUsualShape(axes)) return false;
    const plain = body === 'empty' && connection === 'keep-alive';
    if (time !== 'words') return plain && request === 'job' && fallback === 'none';
    if (fallback === 'both') return plain && request === 'job';
    return fallback === 'none' || plain;
  },
  rule: () => resetTimeInvalid,
  mutants: [
    'asks-every-five-seconds',
    'ignores-reset-time',
    'no-one-minute-fallback',
    'fallback-of-ten-seconds',
    'retries-another-url',
    'returns-before-reset-time',
    'ignores-retry-after',
    'only-retries-job-requests',
    'never-repeats-unregister',
    'trusts-only-empty-bodies',
    'fails-after-connection-close',
    'backs-off-without-waiting',
    'fallback-of-an-hour',
    'waits-twice-as-long',
    'takes-any-month-and-day',
    'reads-retry-after-as-milliseconds',
    'takes-rate-limit-reset-for-invalid-time',
    'rate-limit-reset-before-retry-after',
  ],
});
