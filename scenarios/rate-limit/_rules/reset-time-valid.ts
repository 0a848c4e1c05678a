import { comesAgain, isSameRequest, type LimitRule, limitedRequestOf, untilReset } from '../../../harness/kit/index.ts';
import { limitedOnce } from './once.ts';

const RESET_IN_SECONDS = 3;

/**
 * A valid reset time is waited for, and the request comes again as it was.
 * @param header the header's spelling on the wire
 */
export const resetTimeValid = (header = 'RateLimit-ResetTime'): LimitRule =>
  limitedOnce({
    waitsMs: () => (RESET_IN_SECONDS + 1) * 1000,
    says: () => ({ resetTime: { inSeconds: RESET_IN_SECONDS }, resetTimeHeader: header }),
    watch: 10_000,
    judge: (limited, again, evidence, { axes }) => {
      const timely = comesAgain(limited, again, { ...untilReset(limited), watchedUntil: evidence.end() });
      return again ? [timely, isSameRequest(limited, again, limitedRequestOf(axes))] : [timely];
    },
  });
