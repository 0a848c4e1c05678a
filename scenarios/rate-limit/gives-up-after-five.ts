import { allLimitAxes, isUsualShape, limitedScenario, rateLimitRules } from '../../harness/kit/index.ts';
import { givesUp } from './_rules/gives-up.ts';

export default limitedScenario({
  id: 'rate-limit/gives-up-after-five',
  asks: 'How often does it try while the limit lasts, and what does it report in the end?',
  explains:
    'GitLab answers every request of the kind with 429 and a reset time 2 s ahead, or with header=invalid one that is no date, or with header=past one ten minutes ago; in profile 18.3 also with none (header=absent) or with Retry-After: 2 in its place. Until the error is reported, profile 14.10 wants exactly five requests (each a 429 received, a wait, another round); profile 18.3 allows the first and up to five retries, and at least five requests. For artifacts the error is read in the trace, which comes later than the next attempt of the helper, so only the lower bound is judged there. A line at debug level does not count: by default nobody sees it.',
  axes: {
    ...allLimitAxes,
    header: { values: ['valid', 'invalid', 'past', 'absent', 'retry-after'], default: 'valid' },
  },
  where: (axes, profile) => {
    const { header, request, body, connection } = axes;
    if (header === 'valid') return isUsualShape(axes);
    if (body !== 'empty' || connection !== 'keep-alive' || request === 'unregister') return false;
    // Where the page wants nothing more without a reset time, there is nothing to give up.
    return header === 'invalid' || header === 'past' || rateLimitRules(profile).onAbsent.do !== 'report';
  },
  rule: () => givesUp,
  mutants: [
    'takes-unanswered-trace-for-sent',
    'takes-unanswered-end-for-told',
    'ignores-reset-time',
    'no-one-minute-fallback',
    'one-try-too-few',
    'one-try-too-many',
    'retries-without-body',
    'retries-another-url',
    'wrong-final-error',
    'hot-loop-on-past-date',
    'only-retries-job-requests',
    'never-repeats-unregister',
    'trusts-only-empty-bodies',
    'fails-after-connection-close',
    'reports-waits-but-not-the-end',
    'retries-upload-with-other-content',
    'ends-call-on-past-date',
    'fallback-of-an-hour',
    'waits-twice-as-long',
    'counts-only-dated-limits',
    'treats-absent-like-invalid',
    'reports-the-end-for-debugging-only',
    'reports-polls-that-end-for-debugging-only',
  ],
});
