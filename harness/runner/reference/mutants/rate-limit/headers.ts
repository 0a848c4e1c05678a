import type { HeaderLookup } from '../../behaviour.ts';
import {
  backOff,
  RESET_TIME,
  RETRY_AFTER,
  type RetryDecision,
  type RetryQuestion,
  resetWait,
  retryAfterWait,
  rfc1123,
} from '../../policies/retry-policy.ts';
import type { Mutant } from '../mutant.ts';
import { decisionFault, hasResetTime, headerFault, isLimit, use, wait, without } from './faults.ts';

/** The moment that the reset time names. */
const statedMoment = (question: RetryQuestion): number => rfc1123(question.header(RESET_TIME) ?? '') ?? question.now;

/** How far a zone's time is ahead of UTC, in milliseconds. */
const offsetOf = (zone: string, moment: number): number => {
  const local = new Date(moment).toLocaleString('sv-SE', { timeZone: zone });
  return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(moment / 1000) * 1000;
};

/** How long `RateLimit-Reset` asks to wait, in milliseconds, where it is a moment as GitLab has it. */
function resetMomentWait(question: RetryQuestion): number | undefined {
  const value = Number(question.header('RateLimit-Reset'));
  return value > 1_000_000_000 ? Math.max(0, value * 1000 - question.now) : undefined;
}

const DAY_MS = 24 * 3_600_000;
const HEADERS = [RESET_TIME, RETRY_AFTER];

/** Whether the honest runner waits because of `Retry-After`. */
const isByRetryAfter = (question: RetryQuestion, honest: RetryDecision): boolean =>
  isLimit(question) && !hasResetTime(question) && honest.do === 'wait' && honest.ms === retryAfterWait(question);

/** A header whose value is read as another one. */
const misread =
  (misreadName: string, change: (value: string) => string) =>
  (honest: HeaderLookup): HeaderLookup =>
  (headers, name) => {
    const value = honest(headers, name);
    return name === misreadName && value !== undefined ? change(value) : value;
  };

const UNKNOWN_MONTH = / (?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{3} (?=\d{4})/i;

/** Faults in how the headers of a limit are found and read. */
export const headerMutants: readonly Mutant[] = [
  headerFault('ignores-reset-time', 'The RateLimit-ResetTime header is never looked at.', without(RESET_TIME)),
  headerFault(
    'matches-header-case-sensitively',
    'Response headers are found only in the spelling of the documentation.',
    () => (headers, name) => headers.find(([each]) => each === name)?.[1],
  ),
  headerFault('ignores-retry-after', 'The Retry-After header is never looked at.', without(RETRY_AFTER)),
  headerFault(
    'reads-one-digit-of-retry-after',
    'Of the number in Retry-After the first digit counts.',
    misread(RETRY_AFTER, (value) => (/^\d+$/.test(value) ? value.slice(0, 1) : value)),
  ),
  headerFault(
    'finds-a-number-in-retry-after',
    'Whatever number stands in Retry-After, among whatever else, is taken for its value.',
    misread(RETRY_AFTER, (value) => /\d+/.exec(value)?.[0] ?? value),
  ),
  headerFault(
    'takes-january-for-no-month',
    'A reset time in January is no valid date.',
    misread(RESET_TIME, (value) => value.replace(/ Jan /i, ' - ')),
  ),
  headerFault(
    'takes-any-month-and-day',
    'An unknown month of a reset time is January, and the 31st of February is the 3rd of March.',
    misread(RESET_TIME, (value) => value.replace(UNKNOWN_MONTH, ' Jan ').replace(/31 Feb/i, '03 Mar')),
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
    'reads-time-of-day-only',
    'Of the reset time its time of day counts, and its date does not.',
    (question, honest) => {
      if (!isLimit(question) || typeof resetWait(question) !== 'number') return honest;
      return wait(Math.max(0, (statedMoment(question) % DAY_MS) - (question.now % DAY_MS)));
    },
  ),
  decisionFault(
    'knows-limit-by-its-phrase',
    'A 429 with another reason phrase than “Too Many Requests” is no limit.',
    (question, honest) => (isLimit(question) && question.answer.reason !== 'Too Many Requests' ? use : honest),
  ),
  decisionFault(
    'reads-retry-after-as-milliseconds',
    'The number of Retry-After is taken for milliseconds.',
    (question, honest) =>
      honest.do === 'wait' && isLimit(question) && !hasResetTime(question) && honest.ms === retryAfterWait(question)
        ? wait(honest.ms / 1000)
        : honest,
  ),
  decisionFault('retry-after-before-reset-time', 'Retry-After goes before a valid reset time.', (question, honest) => {
    const ms = retryAfterWait(question);
    return hasResetTime(question) && ms !== undefined ? wait(ms) : honest;
  }),
  decisionFault(
    'rate-limit-reset-before-reset-time',
    'RateLimit-Reset goes before a valid reset time.',
    (question, honest) => {
      const ms = resetMomentWait(question);
      return hasResetTime(question) && ms !== undefined ? wait(ms) : honest;
    },
  ),
  decisionFault(
    'goes-by-first-header',
    'Of the headers that say when, the one that comes first on the wire counts.',
    (question, honest) => {
      const first = question.answer.headers.find(([name]) => HEADERS.includes(name))?.[0];
      const ms = retryAfterWait(question);
      return hasResetTime(question) && first === RETRY_AFTER && ms !== undefined ? wait(ms) : honest;
    },
  ),
  decisionFault(
    'waits-for-latest-header',
    'Of the headers that say when, the one that says latest counts.',
    (question, honest) =>
      hasResetTime(question) && honest.do === 'wait'
        ? wait(Math.max(honest.ms, retryAfterWait(question) ?? 0, resetMomentWait(question) ?? 0))
        : honest,
  ),
  decisionFault(
    'falls-back-to-rate-limit-reset',
    'Without a reset time RateLimit-Reset is gone by.',
    (question, honest) => {
      const ms = resetMomentWait(question);
      const isAbsent = resetWait(question) === undefined && retryAfterWait(question) === undefined;
      return isLimit(question) && isAbsent && ms !== undefined ? wait(ms) : honest;
    },
  ),
  decisionFault(
    'takes-rate-limit-reset-for-invalid-time',
    'Where the reset time is no date, RateLimit-Reset is gone by.',
    (question, honest) => {
      const ms = resetMomentWait(question);
      return isLimit(question) && resetWait(question) === 'invalid' && ms !== undefined ? wait(ms) : honest;
    },
  ),
  decisionFault(
    'rate-limit-reset-before-retry-after',
    'RateLimit-Reset goes before Retry-After.',
    (question, honest) => {
      const ms = resetMomentWait(question);
      return isByRetryAfter(question, honest) && ms !== undefined ? wait(ms) : honest;
    },
  ),
  decisionFault(
    'ignores-retry-after-of-unregister',
    'The Retry-After of a limited unregistration is not looked at.',
    (question, honest) =>
      question.kind === 'unregister' && isByRetryAfter(question, honest) ? wait(backOff(question.attempt)) : honest,
  ),
  decisionFault(
    'reads-first-retry-after-only',
    'Of several answers of a call the first alone is asked for its Retry-After.',
    (question, honest) =>
      question.attempt > 1 && isByRetryAfter(question, honest) ? wait(backOff(question.attempt)) : honest,
  ),
];
