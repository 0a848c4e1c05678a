import { allLimitAxes, isUsualShape, limitedScenario } from '../../harness/kit/index.ts';
import { retryAfter } from './_rules/retry-after.ts';

export default limitedScenario({
  id: 'rate-limit/retry-after',
  asks: 'Does it wait as long as Retry-After says when there is no reset time?',
  explains:
    'GitLab answers the first request of the kind with 429 and Retry-After: 7, 12 or 90, and with others=rate-limit-reset with a RateLimit-Reset 30 s ahead besides, of which the page says nothing. Profile 18.3 wants the request again after as many seconds (a second early at the most, 2 s late at the most). Profile 14.10 does not speak of the header: what happens is measured.',
  axes: {
    ...allLimitAxes,
    seconds: { values: ['7', '12', '90'], default: '7' },
    others: { values: ['none', 'rate-limit-reset'], default: 'none' },
  },
  where: (axes) => {
    const { seconds, others, request, body, connection } = axes;
    if (seconds === '7' && others === 'none') return isUsualShape(axes);
    return (
      (seconds === '7' || others === 'none') && request === 'job' && body === 'empty' && connection === 'keep-alive'
    );
  },
  rule: () => retryAfter,
  mutants: [
    'asks-every-five-seconds',
    'treats-absent-like-invalid',
    'retries-another-url',
    'returns-before-reset-time',
    'ignores-retry-after',
    'only-retries-job-requests',
    'never-repeats-unregister',
    'trusts-only-empty-bodies',
    'fails-after-connection-close',
    'reads-retry-after-as-milliseconds',
    'waits-twice-as-long',
    'reads-one-digit-of-retry-after',
    'waits-a-minute-at-most',
    'ignores-retry-after-of-unregister',
    'rate-limit-reset-before-retry-after',
  ],
});
