import type { HeaderLookup } from '../behaviour.ts';
import type { ApiCall } from '../http/message.ts';
import {
  RESET_TIME,
  RETRY_AFTER,
  type RetryDecision,
  type RetryPolicy,
  type RetryQuestion,
  resetWait,
  retryAfterWait,
  rfc1123,
} from '../policies/retry-policy.ts';
import { cutBody, otherContent, withBody } from './bodies.ts';
import type { Mutant } from './mutant.ts';

type Redecide = (question: RetryQuestion, honest: RetryDecision) => RetryDecision;

/** A fault in the retry policy. */
const retryFault = (name: string, says: string, change: (honest: RetryPolicy) => Partial<RetryPolicy>): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, retry: { ...honest.retry, ...change(honest.retry) } }),
});

/** A fault in what is decided after an answer. */
const decisionFault = (name: string, says: string, redecide: Redecide): Mutant =>
  retryFault(name, says, ({ decide }) => ({ decide: (question) => redecide(question, decide(question)) }));

/** A fault in how response headers are found. */
const headerFault = (name: string, says: string, lookup: (honest: HeaderLookup) => HeaderLookup): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, header: lookup(honest.header) }),
});

/** A header that is never found. */
const without =
  (hidden: string) =>
  (honest: HeaderLookup): HeaderLookup =>
  (headers, name) =>
    name === hidden ? undefined : honest(headers, name);

const isLimit = (question: RetryQuestion): boolean => question.answer.status === 429;
const use: RetryDecision = { do: 'use' };
const wait = (ms: number): RetryDecision => ({ do: 'wait', ms });

/** Only when the honest runner would wait: another wait. */
const instead = (decision: RetryDecision, change: (ms: number) => RetryDecision): RetryDecision =>
  decision.do === 'wait' ? change(decision.ms) : decision;

/** Whether neither header says how long to wait. */
const isBackOff = (question: RetryQuestion): boolean =>
  isLimit(question) && typeof resetWait(question) !== 'number' && retryAfterWait(question) === undefined;

const ONE_MINUTE_MS = 60_000;
/** The moment that the reset time names. */
const statedMoment = (question: RetryQuestion): number => rfc1123(question.header(RESET_TIME) ?? '') ?? question.now;

/** How far a zone's time is ahead of UTC, in milliseconds. */
const offsetOf = (zone: string, moment: number): number => {
  const local = new Date(moment).toLocaleString('sv-SE', { timeZone: zone });
  return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(moment / 1000) * 1000;
};

const FAR_MS = 5 * 60_000;

/** Makes the retries, not the first request, different. */
const retries = (change: (call: ApiCall) => ApiCall) => (): Partial<RetryPolicy> => ({
  request: (call, attempt) => (attempt === 1 ? call : change(call)),
});

/** Faults in how rate limits are handled. */
export const rateLimitMutants: readonly Mutant[] = [
  headerFault('ignores-reset-time', 'The RateLimit-ResetTime header is never looked at.', without(RESET_TIME)),
  headerFault(
    'matches-header-case-sensitively',
    'Response headers are found only in the spelling of the documentation.',
    () => (headers, name) => headers.find(([each]) => each === name)?.[1],
  ),
  decisionFault(
    'no-one-minute-fallback',
    'A reset time that is no date ends the call with the answer at hand; there is no fallback.',
    (question, honest) => (isLimit(question) && resetWait(question) === 'invalid' ? use : honest),
  ),
  decisionFault(
    'fallback-of-ten-seconds',
    'A reset time that is no date is answered by a wait of ten seconds.',
    (question, honest) => (isLimit(question) && resetWait(question) === 'invalid' ? wait(10_000) : honest),
  ),
  decisionFault(
    'treats-absent-like-invalid',
    'A 429 without a reset time is answered by a wait of one minute.',
    (question, honest) => (isLimit(question) && resetWait(question) === undefined ? wait(60_000) : honest),
  ),
  retryFault('one-try-too-few', 'A call gives up after four requests.', () => ({ tries: 4 })),
  retryFault('one-try-too-many', 'A call gives up only after six requests.', () => ({ tries: 6 })),
  retryFault(
    'retries-without-body',
    'The request after a wait has no body.',
    retries(({ body: _, ...call }) => call),
  ),
  retryFault(
    'retries-another-url',
    'The request after a wait goes to another path.',
    retries((call) => ({ ...call, url: new URL(call.url.href.replace('/api/v4/', '/api/')) })),
  ),
  retryFault(
    'uses-stale-answer',
    'The answer to the request after a wait is dropped; the refusal before it counts.',
    ({ result }) => ({
      result: (answers) => answers[0] ?? result(answers),
    }),
  ),
  decisionFault('returns-before-reset-time', 'A wait ends after a quarter of its time.', (_, honest) =>
    instead(honest, (ms) => wait(ms / 4)),
  ),
  retryFault('wrong-final-error', 'A call that gives up says nothing of why.', () => ({
    givesUpWith: 'request failed',
  })),
  decisionFault(
    'retries-on-every-status',
    'Every refusal is answered by a retry after a second, whatever its status.',
    (question, honest) => (honest.do === 'use' && question.answer.status >= 400 ? wait(1_000) : honest),
  ),
  decisionFault(
    'hot-loop-on-past-date',
    'A reset time that has passed is answered at once, again and again, uncounted.',
    (question, honest) =>
      isLimit(question) && resetWait(question) === 0 ? { do: 'wait', ms: 0, counts: false } : honest,
  ),
  headerFault('ignores-retry-after', 'The Retry-After header is never looked at.', without(RETRY_AFTER)),
  decisionFault('only-retries-job-requests', 'Only job requests are made again after a wait.', (question, honest) =>
    question.kind === 'job' ? honest : use,
  ),
  decisionFault(
    'trusts-only-empty-bodies',
    'A 429 that has a body is never followed by a retry.',
    (question, honest) => (isLimit(question) && question.answer.body.length > 0 ? use : honest),
  ),
  decisionFault(
    'fails-after-connection-close',
    'A 429 that ends its connection is never followed by a retry.',
    (question, honest) => (isLimit(question) && question.answer.closes ? use : honest),
  ),
  decisionFault(
    'wakes-early-on-far-reset',
    'A wait never lasts longer than five minutes, whatever the reset time.',
    (_, honest) => instead(honest, (ms) => wait(Math.min(ms, FAR_MS))),
  ),
  retryFault(
    'cuts-retried-body',
    'The request after a wait has no more than the first 4 KiB of its body.',
    retries((call) => withBody(call, (body) => cutBody(body, 4096))),
  ),
  retryFault(
    'retries-upload-with-other-content',
    'The upload after a wait has another content of the same length.',
    retries((call) => withBody(call, otherContent)),
  ),
  decisionFault(
    'reads-reset-time-as-local-time',
    'The reset time is read as a time of the zone that the runner lives in.',
    (question, honest) => {
      const reset = resetWait(question);
      if (!isLimit(question) || typeof reset !== 'number' || question.zone === undefined) return honest;
      return wait(Math.max(0, statedMoment(question) - offsetOf(question.zone, question.now) - question.now));
    },
  ),
  decisionFault(
    'ends-call-on-past-date',
    'A reset time that has passed ends the call with the answer at hand.',
    (question, honest) => (isLimit(question) && resetWait(question) === 0 ? use : honest),
  ),
  decisionFault(
    'waits-a-minute-at-most',
    'A wait never lasts longer than a minute, whatever the reset time.',
    (_, honest) => instead(honest, (ms) => wait(Math.min(ms, ONE_MINUTE_MS))),
  ),
  decisionFault(
    'retries-after-two-minutes',
    'Where the page wants no further action, the request is made again after two minutes.',
    (question, honest) =>
      honest.do === 'use' && isLimit(question) && resetWait(question) === undefined ? wait(120_000) : honest,
  ),
  decisionFault('backs-off-without-waiting', 'The default back-off is no wait at all.', (question, honest) =>
    isBackOff(question) && honest.do === 'wait' && honest.ms !== ONE_MINUTE_MS ? wait(0) : honest,
  ),
  decisionFault('retries-nothing-but-429', 'No status but 429 is followed by a retry.', (question, honest) =>
    isLimit(question) ? honest : use,
  ),
  {
    name: 'reports-waits-but-not-the-end',
    says: 'Each wait is logged, and the error in which a limited call ends is not.',
    change: (honest) => ({
      ...honest,
      logs: ({ msg, fields }) =>
        msg.startsWith('Waiting') || !/\b429 |gave up due to/.test(`${msg} ${fields['status'] ?? ''}`),
    }),
  },
  {
    name: 'does-not-stop-while-waiting',
    says: 'A wait before a retry goes on when the runner is told to stop.',
    change: (honest) => ({ ...honest, stopsWhileWaiting: false }),
  },
];
