import {
  type AxisValues,
  comesAgain,
  DEFAULT_INTERVAL_LIMIT_MS,
  expectedAgain,
  expectedWait,
  RETRY_AFTER_SECONDS,
  rateLimitRules,
} from '../../../harness/kit/index.ts';
import { limitedOnce } from './once.ts';

/** What the answer says besides, in seconds. */
const retryAfterOf = (axes: AxisValues): number | undefined =>
  axes['fallback'] === 'retry-after' ? RETRY_AFTER_SECONDS : undefined;

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
    ...(axes['fallback'] === 'retry-after' ? { retryAfter: RETRY_AFTER_SECONDS } : {}),
  }),
  watch: DEFAULT_INTERVAL_LIMIT_MS + 3000,
  judge: (limited, again, evidence, { axes, profile }) => {
    const window = expectedAgain(limited, rateLimitRules(profile).onInvalid, retryAfterOf(axes));
    return [comesAgain(limited, again, { ...window, watchedUntil: evidence.end() })];
  },
});
