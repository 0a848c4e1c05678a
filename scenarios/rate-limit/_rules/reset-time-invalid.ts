import {
  type Answer,
  type AxisValues,
  comesAgain,
  DEFAULT_INTERVAL_LIMIT_MS,
  expectedAgain,
  expectedWait,
  jobEnd,
  RETRY_AFTER_SECONDS,
  rateLimitRules,
} from '../../../harness/kit/index.ts';
import { limitedOnce } from './once.ts';

/** Longer than the fallback of a minute, and than a default interval: who goes by that header is seen. In seconds. */
const RATE_LIMIT_RESET_SECONDS = 90;

/** What the answer says besides; of `RateLimit-Reset` the page says nothing. */
const FALLBACKS = {
  none: {},
  'retry-after': { retryAfter: RETRY_AFTER_SECONDS },
  'rate-limit-reset': { rateLimitReset: { inSeconds: RATE_LIMIT_RESET_SECONDS } },
  both: { retryAfter: RETRY_AFTER_SECONDS, rateLimitReset: { inSeconds: RATE_LIMIT_RESET_SECONDS } },
} as const satisfies Record<string, Partial<Answer>>;
/** Their names, for an axis. */
export const INVALID_FALLBACKS = Object.keys(FALLBACKS);

const besides = ({ fallback = 'none' }: AxisValues): Partial<Answer> =>
  FALLBACKS[fallback as keyof typeof FALLBACKS] ?? FALLBACKS.none;
/** What `Retry-After` says, in seconds. */
const retryAfterOf = (axes: AxisValues): number | undefined =>
  'retryAfter' in besides(axes) ? RETRY_AFTER_SECONDS : undefined;

/** Values that are no date: words, and what looks like one far ahead, so that whoever takes it for one is seen. */
const VALUES: Readonly<Record<string, string>> = {
  words: 'in a little while',
  month: 'Thu, 15 Foo 2099 10:00:00 GMT',
  day: 'Sat, 31 Feb 2099 10:00:00 GMT',
};
/** The names of the values, for an axis. */
export const INVALID_TIMES = Object.keys(VALUES);

/** A header that is no date: what the profile's page says of it. */
export const resetTimeInvalid = limitedOnce({
  waitsMs: ({ profile, axes }) => expectedWait(rateLimitRules(profile).onInvalid, retryAfterOf(axes)),
  says: ({ axes }) => ({
    resetTime: { literal: VALUES[axes['time'] ?? ''] ?? 'in a little while' },
    ...besides(axes),
  }),
  watch: DEFAULT_INTERVAL_LIMIT_MS + 3000,
  judge: (limited, again, evidence, { axes, profile }) => {
    const window = expectedAgain(limited, rateLimitRules(profile).onInvalid, retryAfterOf(axes));
    return [comesAgain(limited, again, { ...window, watchedUntil: evidence.end(), over: jobEnd(evidence) })];
  },
});
