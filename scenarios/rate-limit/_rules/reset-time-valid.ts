import { isSameRequest, limitedRequest } from '../../../harness/kit/rate-limit/limited-request.ts';
import { answeredAgain, firstAnswered } from '../../../harness/kit/rate-limit/observe.ts';
import { answerShape, limitedRequestOf } from '../../../harness/kit/rate-limit/requests.ts';
import type { LimitRule } from '../../../harness/kit/rate-limit/rule.ts';
import { comesAgain, untilReset } from '../../../harness/kit/rate-limit/window.ts';

const RESET_IN_SECONDS = 3;

/**
 * A valid reset time is waited for, and the request comes again as it was.
 * @param header the header's spelling on the wire
 */
export function resetTimeValid(header = 'RateLimit-ResetTime'): LimitRule {
  return {
    waitsMs: () => (RESET_IN_SECONDS + 1) * 1000,
    plan: ({ axes }) => [
      {
        on: limitedRequestOf(axes),
        times: 1,
        give: {
          status: 429,
          resetTime: { inSeconds: RESET_IN_SECONDS },
          resetTimeHeader: header,
          ...answerShape(axes),
        },
      },
    ],
    observe: async ({ world, axes }) => {
      await firstAnswered(world, limitedRequestOf(axes));
      await answeredAgain(world, limitedRequestOf(axes), 10_000);
    },
    judge: (evidence, { axes }) => {
      const kind = limitedRequestOf(axes);
      const { limited, again, unmet } = limitedRequest(evidence, kind);
      if (!limited) return unmet;
      const timely = comesAgain(limited, again, { ...untilReset(limited), watchedUntil: evidence.end });
      return again ? [timely, isSameRequest(limited, again, kind)] : [timely];
    },
  };
}
