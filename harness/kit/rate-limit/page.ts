import { duration } from '../../conformance/authoring.ts';
import type { Exchange } from '../../ledger/index.ts';
import type { RateLimitRules, Retry } from '../../profile/index.ts';
import { DEFAULT_INTERVAL_LIMIT_MS, LEAST_BACK_OFF_MS } from './limits.ts';
import { NAMES_LIMIT } from './names-limit.ts';
import { afterWait, withinWait } from './window.ts';

export { rateLimitRules } from '../../profile/index.ts';

/** Enough for a first wait whose length the page leaves open, in milliseconds. */
const SOON_MS = 1000;

/**
 * How long a right subject waits after a 429, in milliseconds.
 * @param retryAfter what the answer says in `Retry-After`, in seconds
 */
export function expectedWait(reaction: Retry, retryAfter?: number): number {
  if (reaction.do === 'wait') return reaction.ms;
  return retryAfter === undefined ? SOON_MS : retryAfter * 1000;
}

/**
 * When a right subject issues the request again.
 * @param retryAfter what the answer says in `Retry-After`, in seconds
 */
export function expectedAgain(
  limited: Exchange,
  reaction: Retry,
  retryAfter?: number,
): { from: number; to: number; why: string } {
  if (reaction.do === 'wait') return afterWait(limited, reaction.ms, `after the fallback of ${inMinutes(reaction.ms)}`);
  return retryAfter === undefined
    ? withinWait(limited, { least: LEAST_BACK_OFF_MS, most: DEFAULT_INTERVAL_LIMIT_MS }, 'after the default interval')
    : afterWait(limited, retryAfter * 1000, 'after as many seconds as Retry-After says');
}

function inMinutes(ms: number): string {
  const minutes = ms / 60_000;
  if (!Number.isInteger(minutes)) return duration(ms);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

/** What a page wants to read when the runner has given up. */
export function givingUp({ givesUpWith }: RateLimitRules): { pattern: RegExp; says: string } {
  return givesUpWith === undefined
    ? { pattern: NAMES_LIMIT, says: 'the error of the final response (429)' }
    : { pattern: new RegExp(RegExp.escape(givesUpWith), 'i'), says: `the error "${givesUpWith}"` };
}
