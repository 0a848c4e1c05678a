import { type RetryQuestion, resetWait } from '../../policies/retry-policy.ts';
import type { Mutant } from '../mutant.ts';
import {
  decisionFault,
  hasResetTime,
  instead,
  isBackOff,
  isLimit,
  ONE_MINUTE_MS,
  retryFault,
  use,
  wait,
} from './faults.ts';

/** Whether it is an update of a job that goes on. */
const isKeepAlive = ({ kind, call: { body } }: RetryQuestion): boolean =>
  kind === 'update' && body !== undefined && 'bytes' in body && body.bytes.includes('"state":"running"');

const FAR_MS = 5 * 60_000;

/** Faults in whether, how long and how often a call waits. */
export const waitMutants: readonly Mutant[] = [
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
    'fallback-of-an-hour',
    'A reset time that is no date is answered by a wait of an hour.',
    (question, honest) => (isLimit(question) && resetWait(question) === 'invalid' ? wait(3_600_000) : honest),
  ),
  decisionFault(
    'treats-absent-like-invalid',
    'A 429 without a reset time is answered by a wait of one minute.',
    (question, honest) => (isLimit(question) && resetWait(question) === undefined ? wait(60_000) : honest),
  ),
  retryFault('one-try-too-few', 'A call gives up after four requests.', () => ({ tries: 4 })),
  retryFault('one-try-too-many', 'A call gives up only after six requests.', () => ({ tries: 6 })),
  decisionFault('returns-before-reset-time', 'A wait ends after a quarter of its time.', (_, honest) =>
    instead(honest, (ms) => wait(ms / 4)),
  ),
  decisionFault('waits-twice-as-long', 'A wait lasts twice as long as it should.', (_, honest) =>
    instead(honest, (ms) => wait(ms * 2)),
  ),
  decisionFault(
    'asks-every-five-seconds',
    'A limited job request is made again after five seconds, whatever the answer says.',
    (question, honest) => (isLimit(question) && question.kind === 'job' ? wait(5_000) : honest),
  ),
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
  decisionFault('only-retries-job-requests', 'Only job requests are made again after a wait.', (question, honest) =>
    question.kind === 'job' ? honest : use,
  ),
  decisionFault('never-repeats-unregister', 'A limited unregistration is not made again.', (question, honest) =>
    question.kind === 'unregister' && isLimit(question) ? use : honest,
  ),
  decisionFault(
    'never-repeats-keep-alive',
    'A limited update that says no more than that a job runs is not made again.',
    (question, honest) => (isKeepAlive(question) && isLimit(question) ? use : honest),
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
  decisionFault(
    'retries-nothing-but-429-later',
    'After the first answer of a call no status but 429 is followed by a retry.',
    (question, honest) => (isLimit(question) || question.attempt === 1 ? honest : use),
  ),
  decisionFault(
    'overflows-on-far-reset',
    'A wait that is longer than a timer can be (2 ** 31 ms) is none.',
    (_, honest) => instead(honest, (ms) => wait(ms >= 2 ** 31 ? 1 : ms)),
  ),
  decisionFault(
    'counts-only-dated-limits',
    'A 429 without a reset time is no try, so that a call never gives up.',
    (question, honest) =>
      honest.do === 'wait' && isLimit(question) && resetWait(question) === undefined
        ? { ...honest, counts: false }
        : honest,
  ),
  decisionFault(
    'repeats-what-succeeded',
    'A request that succeeds after a wait is made once more.',
    (question, honest) =>
      honest.do === 'use' && question.attempt === 2 && question.answer.status < 300 ? wait(0) : honest,
  ),
  decisionFault(
    'waits-for-first-limit-only',
    'Of several waits of a call only the first takes place.',
    (question, honest) => (hasResetTime(question) && question.attempt > 1 ? instead(honest, () => wait(0)) : honest),
  ),
  {
    name: 'does-not-stop-while-waiting',
    says: 'A wait before a retry goes on when the runner is told to stop.',
    change: (honest) => ({ ...honest, stopsWhileWaiting: false }),
  },
];
