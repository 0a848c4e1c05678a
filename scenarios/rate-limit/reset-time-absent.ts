import { allLimitAxes, isUsualShape, limitedScenario } from '../../harness/kit/index.ts';
import { OTHER_HEADERS, resetTimeAbsent } from './_rules/reset-time-absent.ts';

export default limitedScenario({
  id: 'rate-limit/reset-time-absent',
  asks: 'What does it do on a 429 without a reset time?',
  explains:
    "GitLab answers the first request of the kind with 429 and neither header; with others it has RateLimit-Reset, of which the page says nothing, or a Retry-After that is no number of seconds, such as `900 seconds`, and so none at all. Profile 14.10: no further action, and the error is reported; it is watched for 64 s, longer than the fallback of a minute, for 130 s where the answer is empty and its connection stays open, and in simulated time for an hour. A job's trace, updates and artifacts are sent again in the runner's own cycle, which the page does not speak of: there, what must not be is a wait that only the rate limit explains. Profile 18.3: the request comes again after the default interval, which is a wait of some length.",
  axes: { ...allLimitAxes, others: { values: OTHER_HEADERS, default: 'none' } },
  where: (axes) => {
    const { others, request, body, connection } = axes;
    if (!isUsualShape(axes)) return false;
    if (others === 'none') return true;
    return body === 'empty' && connection === 'keep-alive' && (others === 'rate-limit-reset' || request === 'job');
  },
  rule: () => resetTimeAbsent,
  mutants: [
    'asks-every-five-seconds',
    'treats-absent-like-invalid',
    'retries-another-url',
    'retries-on-every-status',
    'only-retries-job-requests',
    'trusts-only-empty-bodies',
    'fails-after-connection-close',
    'retries-after-two-minutes',
    'backs-off-without-waiting',
    'reports-waits-but-not-the-end',
    'reports-the-end-for-debugging-only',
    'reports-polls-that-end-for-debugging-only',
    'falls-back-to-rate-limit-reset',
    'finds-a-number-in-retry-after',
  ],
});
