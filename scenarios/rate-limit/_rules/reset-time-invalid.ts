import {
  type AxisValues,
  answeredAgain,
  answerShape,
  comesAgain,
  DEFAULT_INTERVAL_LIMIT_MS,
  expectedAgain,
  expectedWait,
  firstAnswered,
  type LimitRule,
  limitedRequest,
  limitedRequestOf,
  RETRY_AFTER_SECONDS,
  rateLimitRules,
} from '../../../harness/kit/index.ts';

/** What the answer says besides, in seconds. */
const retryAfterOf = (axes: AxisValues): number | undefined =>
  axes['fallback'] === 'retry-after' ? RETRY_AFTER_SECONDS : undefined;

/** A header that is no date: what the profile's page says of it. */
export const resetTimeInvalid: LimitRule = {
  waitsMs: ({ profile, axes }) => expectedWait(rateLimitRules(profile).onInvalid, retryAfterOf(axes)),
  plan: ({ axes }) => [
    {
      on: limitedRequestOf(axes),
      times: 1,
      give: {
        status: 429,
        resetTime: { literal: 'in a little while' },
        ...(axes['fallback'] === 'retry-after' ? { retryAfter: RETRY_AFTER_SECONDS } : {}),
        ...answerShape(axes),
      },
    },
  ],
  observe: async ({ world, axes }) => {
    await firstAnswered(world, limitedRequestOf(axes));
    await answeredAgain(world, limitedRequestOf(axes), DEFAULT_INTERVAL_LIMIT_MS + 3000);
  },
  judge: (evidence, { axes, profile }) => {
    const { limited, again, unmet } = limitedRequest(evidence, limitedRequestOf(axes));
    if (!limited) return unmet;
    const { onInvalid } = rateLimitRules(profile);
    const window = expectedAgain(limited, onInvalid, retryAfterOf(axes));
    return [comesAgain(limited, again, { ...window, watchedUntil: evidence.end })];
  },
};
