import {
  type Answer,
  type AxisValues,
  comesAgain,
  isSameRequest,
  jobEnd,
  untilReset,
} from '../../../harness/kit/index.ts';
import { limitedOnce } from './once.ts';

const RESET_IN_SECONDS = 8;
const LESS_SECONDS = 1;
const MORE_SECONDS = 25;

const reset = (inSeconds: number) => ({ rateLimitReset: { inSeconds } });
const retryAfter = (seconds: number) => ({ retryAfter: seconds });

/** What the answer says besides, and how it is at odds with the reset time. */
export const OTHERS: Readonly<Record<string, Partial<Answer>>> = {
  'both-less': { ...reset(LESS_SECONDS), ...retryAfter(LESS_SECONDS) },
  agree: {
    ...reset(RESET_IN_SECONDS),
    ...retryAfter(RESET_IN_SECONDS),
    headers: [
      ['RateLimit-Limit', '60'],
      ['RateLimit-Observed', '61'],
      ['RateLimit-Remaining', '0'],
      ['RateLimit-Name', 'throttle_unauthenticated_api'],
    ],
  },
  'retry-after-less': retryAfter(LESS_SECONDS),
  'retry-after-more': retryAfter(MORE_SECONDS),
  'reset-less': reset(LESS_SECONDS),
  'reset-more': reset(MORE_SECONDS),
  // As drafts of the IETF have it: seconds from now.
  'reset-in-seconds': { headers: [['RateLimit-Reset', String(LESS_SECONDS)]] },
  'both-more': { ...reset(MORE_SECONDS), ...retryAfter(MORE_SECONDS) },
};

const says = (axes: AxisValues): Partial<Answer> => ({
  resetTime: { inSeconds: RESET_IN_SECONDS },
  resetTimeLast: axes['order'] === 'last',
  ...OTHERS[axes['others'] ?? ''],
});

/** A valid reset time beside other headers that say when: it alone counts. */
export const precedence = limitedOnce({
  waitsMs: () => (RESET_IN_SECONDS + 1) * 1000,
  says: ({ axes }) => says(axes),
  watch: (MORE_SECONDS + 5) * 1000,
  judge: (limited, again, evidence) => {
    const timely = comesAgain(limited, again, {
      ...untilReset(limited),
      watchedUntil: evidence.end(),
      over: jobEnd(evidence),
    });
    return again ? [timely, isSameRequest(limited, again)] : [timely];
  },
});
