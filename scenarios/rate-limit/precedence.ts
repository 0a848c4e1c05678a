import { limitedRequestAxis, limitedRequestOf, limitedScenario } from '../../harness/kit/index.ts';
import { OTHERS, precedence } from './_rules/precedence.ts';

export default limitedScenario({
  id: 'rate-limit/precedence',
  asks: 'Which header does it go by when several say when?',
  explains:
    'GitLab answers the first request of the kind with 429, a RateLimit-ResetTime 8 s ahead, and RateLimit-Reset, Retry-After or both besides, which agree with it, or say less (1 s) or more (25 s); with order=last the reset time comes after the others on the wire. The request must come again when the reset time has come: every version of the page looks for that header first.',
  axes: {
    ...limitedRequestAxis,
    others: { values: Object.keys(OTHERS) },
    order: { values: ['first', 'last'], default: 'first' },
  },
  // Of other kinds than job, only whether they go by another header at all.
  where: (axes) =>
    limitedRequestOf(axes) === 'job' || (axes['order'] === 'first' && (axes['others'] ?? '').startsWith('both')),
  rule: () => precedence,
  mutants: [
    'asks-every-five-seconds',
    'ignores-reset-time',
    'returns-before-reset-time',
    'retry-after-before-reset-time',
    'rate-limit-reset-before-reset-time',
    'goes-by-first-header',
    'waits-for-latest-header',
    'only-retries-job-requests',
    'retries-another-url',
    'retries-upload-with-other-content',
    'retries-without-body',
    'retries-without-headers',
    'waits-twice-as-long',
  ],
});
