import { limitAxes, limitedScenario } from '../../harness/kit/index.ts';
import { resetTimeInvalid } from './_rules/reset-time-invalid.ts';

export default limitedScenario({
  id: 'rate-limit/reset-time-invalid',
  asks: 'What does it do when the reset time is not a date?',
  explains:
    'GitLab answers the first request of the kind with 429 and a RateLimit-ResetTime that is no date; with fallback=retry-after, it sends a valid Retry-After besides. Profile 14.10 wants the request again after 1 minute in both cases; profile 18.3 wants it after Retry-After, else after a default interval, for which the page gives no length: a minute is taken as the most.',
  axes: { ...limitAxes, fallback: { values: ['none', 'retry-after'], default: 'none' } },
  // The other shapes say nothing about which header wins.
  where: ({ fallback, body, connection }) => fallback === 'none' || (body === 'empty' && connection === 'keep-alive'),
  rule: () => resetTimeInvalid,
  mutants: [
    'ignores-reset-time',
    'no-one-minute-fallback',
    'fallback-of-ten-seconds',
    'retries-another-url',
    'returns-before-reset-time',
    'ignores-retry-after',
    'only-retries-job-requests',
    'trusts-only-empty-bodies',
    'fails-after-connection-close',
    'backs-off-without-waiting',
    'fallback-of-an-hour',
    'waits-twice-as-long',
    'reads-retry-after-as-milliseconds',
  ],
});
