import {
  afterWait,
  comesAgain,
  DEFAULT_INTERVAL_LIMIT_MS,
  limitedRequest,
  ONE_MINUTE_MS,
  withinWait,
} from '../../../harness/kit/rate-limit/findings.ts';
import { answeredAgain, firstAnswered } from '../../../harness/kit/rate-limit/observe.ts';
import { kindOf, RETRY_AFTER_SECONDS, shapeOf } from '../../../harness/kit/rate-limit/requests.ts';
import type { LimitRule } from '../../../harness/kit/rate-limit/rule.ts';

/** A header that is no date: one minute (14.10); Retry-After, else the default interval (18.3). */
export const resetTimeInvalid: LimitRule = {
  waitsMs: ({ profile, axes }) =>
    profile === '14.10' ? ONE_MINUTE_MS : axes['fallback'] === 'retry-after' ? RETRY_AFTER_SECONDS * 1000 : 1000,
  plan: ({ axes }) => [
    {
      on: kindOf(axes),
      times: 1,
      give: {
        status: 429,
        resetTime: { literal: 'in a little while' },
        ...(axes['fallback'] === 'retry-after' ? { retryAfter: RETRY_AFTER_SECONDS } : {}),
        ...shapeOf(axes),
      },
    },
  ],
  observe: async ({ world, axes }) => {
    await firstAnswered(world, kindOf(axes));
    await answeredAgain(world, kindOf(axes), DEFAULT_INTERVAL_LIMIT_MS + 3000);
  },
  judge: (evidence, { axes, profile }) => {
    const { limited, again, unmet } = limitedRequest(evidence, kindOf(axes));
    if (!limited) return unmet;
    const window =
      profile === '14.10'
        ? afterWait(limited, ONE_MINUTE_MS, 'after the fallback of 1 minute')
        : axes['fallback'] === 'retry-after'
          ? afterWait(limited, RETRY_AFTER_SECONDS * 1000, 'after as many seconds as Retry-After says')
          : withinWait(limited, DEFAULT_INTERVAL_LIMIT_MS, 'after the default interval');
    return [comesAgain(limited, again, { ...window, watchedUntil: evidence.end })];
  },
};
