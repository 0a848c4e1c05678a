import type { RateLimitRules, Reaction, ReferenceTraits } from '../../../profile/index.ts';
import type { ApiCall, CallKind, HttpAnswer } from '../http/message.ts';

/** An answer, as the retry policy sees it. */
export interface RetryQuestion {
  readonly kind: CallKind;
  /** What was asked for. */
  readonly call: ApiCall;
  readonly answer: HttpAnswer;
  /** Which request of the call was answered, from 1. */
  readonly attempt: number;
  /** The time of day, in milliseconds since the epoch. */
  readonly now: number;
  /** `TZ` of the runner's own process, if it has one. */
  readonly zone?: string | undefined;
  /** What this process keeps in mind between its calls; an honest policy needs nothing of it. */
  readonly memory: Map<string, number>;
  /** Looks up a response header as the behaviour looks up headers. */
  readonly header: (name: string) => string | undefined;
}

/** What becomes of a call after one of its requests was answered. */
export type RetryDecision =
  | { readonly do: 'use' }
  | {
      readonly do: 'wait';
      /** Milliseconds from now. */
      readonly ms: number;
      /** False when the request does not count as one of the tries. */
      readonly counts?: boolean;
    };

/** How a call goes on after an answer that asks for patience. */
export interface RetryPolicy {
  /** Requests of one call at most. */
  readonly tries: number;
  /** Whether the wait that the last answer asks for takes place, too. */
  readonly waitsAfterLast: boolean;
  /** How long a call is held before its first request, in milliseconds, by what the process keeps in mind of others. */
  readonly holds: (call: Pick<ApiCall, 'kind'>, now: number, memory: ReadonlyMap<string, number>) => number;
  /** A request of the runner's own that goes before a call; none by default. What becomes of it does not matter. */
  readonly precedes: (call: ApiCall) => ApiCall | undefined;
  readonly decide: (question: RetryQuestion) => RetryDecision;
  /** The request of a try. @param attempt from 1 */
  readonly request: (call: ApiCall, attempt: number) => ApiCall;
  /** Which of the answers so far the caller gets. */
  readonly result: (answers: readonly HttpAnswer[]) => HttpAnswer;
  /** How the call ends when every try has failed: with this error, or (undefined) with the last answer. */
  readonly givesUpWith: string | undefined;
}

/** The one name of the header that the page describes. */
export const RESET_TIME = 'RateLimit-ResetTime';
export const RETRY_AFTER = 'Retry-After';

const use: RetryDecision = { do: 'use' };

/**
 * How long the reset time asks to wait.
 * @returns milliseconds, never negative; `invalid` when the header is there but no date; undefined without it
 */
export function resetWait(question: RetryQuestion): number | 'invalid' | undefined {
  const value = question.header(RESET_TIME);
  if (value === undefined || value === '') return undefined;
  const moment = rfc1123(value);
  return moment === undefined ? 'invalid' : Math.max(0, moment - question.now);
}

/** Milliseconds that Retry-After asks for, when it is a whole number of seconds (RFC 9110 section 10.2.3). */
export function retryAfterWait(question: RetryQuestion): number | undefined {
  const value = question.header(RETRY_AFTER);
  return value !== undefined && /^\d+$/.test(value.trim()) ? Number(value.trim()) * 1000 : undefined;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const RFC1123 =
  /^(?:mon|tue|wed|thu|fri|sat|sun), (\d{2}) ([a-z]{3}) (\d{4}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) (?:gmt|utc)$/i;

/** A date as RFC 1123 spells it, in milliseconds since the epoch; undefined for any other text. */
export function rfc1123(text: string): number | undefined {
  const [, day, name, year, hour, minute, second] = RFC1123.exec(text.trim()) ?? [];
  const month = MONTHS.indexOf((name ?? '').toLowerCase());
  if (month < 0) return undefined;
  const moment = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  return new Date(moment).getUTCDate() === Number(day) ? moment : undefined;
}

const BACK_OFF_MIN_MS = 100;
const BACK_OFF_MAX_MS = 60_000;

/** The default back-off: 100 ms, doubled each time, one minute at most, and never random. */
export const backOff = (attempt: number): number => Math.min(BACK_OFF_MIN_MS * 2 ** (attempt - 1), BACK_OFF_MAX_MS);

/** Handles rate-limited requests as a profile's page has it. */
export function retryPolicy(rules: RateLimitRules, traits: Pick<ReferenceTraits, 'waitsAfterLast'>): RetryPolicy {
  return {
    tries: rules.requests.least,
    waitsAfterLast: traits.waitsAfterLast,
    givesUpWith: rules.givesUpWith,
    holds: () => 0,
    precedes: () => undefined,
    request: (call) => call,
    result: lastOf,
    decide: (question) => {
      if (!rules.retries.includes(question.answer.status)) return use;
      const reset = resetWait(question);
      if (typeof reset === 'number') return { do: 'wait', ms: reset };
      return reacting(reset === 'invalid' ? rules.onInvalid : rules.onAbsent, question);
    },
  };
}

function reacting(reaction: Reaction, question: RetryQuestion): RetryDecision {
  switch (reaction.do) {
    case 'wait':
      return reaction;
    case 'back-off':
      return { do: 'wait', ms: retryAfterWait(question) ?? backOff(question.attempt) };
    case 'report':
      return use;
  }
}

function lastOf(answers: readonly HttpAnswer[]): HttpAnswer {
  const last = answers.at(-1);
  if (!last) throw new Error('A call ended without an answer; the retry loop must ask at least once.');
  return last;
}
