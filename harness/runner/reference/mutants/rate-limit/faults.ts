import type { HeaderLookup } from '../../behaviour.ts';
import type { ApiCall } from '../../http/message.ts';
import {
  type RetryDecision,
  type RetryPolicy,
  type RetryQuestion,
  resetWait,
  retryAfterWait,
} from '../../policies/retry-policy.ts';
import type { Mutant } from '../mutant.ts';

type Redecide = (question: RetryQuestion, honest: RetryDecision) => RetryDecision;

/** A fault in the retry policy. */
export const retryFault = (
  name: string,
  says: string,
  change: (honest: RetryPolicy) => Partial<RetryPolicy>,
): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, retry: { ...honest.retry, ...change(honest.retry) } }),
});

/** A fault in what is decided after an answer. */
export const decisionFault = (name: string, says: string, redecide: Redecide): Mutant =>
  retryFault(name, says, ({ decide }) => ({ decide: (question) => redecide(question, decide(question)) }));

/** A fault in how response headers are found. */
export const headerFault = (name: string, says: string, lookup: (honest: HeaderLookup) => HeaderLookup): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, header: lookup(honest.header) }),
});

/** A header that is never found. */
export const without =
  (hidden: string) =>
  (honest: HeaderLookup): HeaderLookup =>
  (headers, name) =>
    name === hidden ? undefined : honest(headers, name);

/** Makes the retries, not the first request, different. */
export const retries = (change: (call: ApiCall) => ApiCall) => (): Partial<RetryPolicy> => ({
  request: (call, attempt) => (attempt === 1 ? call : change(call)),
});

export const use: RetryDecision = { do: 'use' };
export const wait = (ms: number): RetryDecision => ({ do: 'wait', ms });

/** Only when the honest runner would wait: another wait. */
export const instead = (decision: RetryDecision, change: (ms: number) => RetryDecision): RetryDecision =>
  decision.do === 'wait' ? change(decision.ms) : decision;

/** Whether the answer is a limit at all. */
export const isLimit = (question: RetryQuestion): boolean => question.answer.status === 429;

/** Whether the answer is a limit with a valid reset time. */
export const hasResetTime = (question: RetryQuestion): boolean =>
  isLimit(question) && typeof resetWait(question) === 'number';

/** Whether the answer is a limit, and neither header says how long it lasts. */
export const isBackOff = (question: RetryQuestion): boolean =>
  isLimit(question) && typeof resetWait(question) !== 'number' && retryAfterWait(question) === undefined;

export const ONE_MINUTE_MS = 60_000;
