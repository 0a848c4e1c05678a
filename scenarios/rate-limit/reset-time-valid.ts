import { limitAxes, limitedScenario } from '../../harness/kit/index.ts';
import { resetTimeValid } from './_rules/reset-time-valid.ts';

const rule = resetTimeValid();

export default limitedScenario({
  id: 'rate-limit/reset-time-valid',
  asks: 'Does it wait until the stated time, then send the same request again?',
  explains:
    'GitLab answers the first request of the kind with 429 and a RateLimit-ResetTime 3 s ahead. The request must come again, not earlier than that time (which has a resolution of one second) and at most 2 s after it, with the same method, URL and body.',
  axes: limitAxes,
  rule: () => rule,
  mutants: [
    'ignores-reset-time',
    'retries-without-body',
    'retries-another-url',
    'returns-before-reset-time',
    'only-retries-job-requests',
    'trusts-only-empty-bodies',
    'fails-after-connection-close',
  ],
});
