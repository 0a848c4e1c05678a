import {
  answeredAgain,
  answerShape,
  comesAgain,
  firstAnswered,
  isSameRequest,
  type LimitRule,
  limitedRequest,
  limitedRequestOf,
  untilReset,
} from '../../../harness/kit/index.ts';

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
