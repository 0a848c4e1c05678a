import {
  type AxisValues,
  afterWait,
  comesAgain,
  duration,
  jobEnd,
  measured,
  RETRY_AFTER_SECONDS,
  rateLimitRules,
} from '../../../harness/kit/index.ts';
import { limitedOnce } from './once.ts';

/** What a header says that the page does not speak of, in seconds. */
const RATE_LIMIT_RESET_SECONDS = 30;
/** How long it is watched for a retry besides, in milliseconds. */
const MORE_MS = 8000;

const secondsOf = (axes: AxisValues): number =>
  axes['seconds'] === undefined ? RETRY_AFTER_SECONDS : Number(axes['seconds']);

/** Retry-After without a reset time: waited for, or measured where the page does not speak of it. */
export const retryAfter = limitedOnce({
  waitsMs: ({ axes }) => secondsOf(axes) * 1000,
  says: ({ axes }) => ({
    retryAfter: secondsOf(axes),
    ...(axes['others'] === 'rate-limit-reset' ? { rateLimitReset: { inSeconds: RATE_LIMIT_RESET_SECONDS } } : {}),
  }),
  watch: ({ axes }) => secondsOf(axes) * 1000 + MORE_MS,
  measures: ({ profile }) => !rateLimitRules(profile).describesRetryAfter,
  judge: (limited, again, evidence, { axes, profile }) => {
    const said = `Retry-After: ${secondsOf(axes)}`;
    if (!rateLimitRules(profile).describesRetryAfter) {
      const answered = limited.answered ?? limited.arrived;
      const answer = again
        ? `on ${said} the request came again after ${duration(again.arrived - answered)}`
        : `on ${said} the request did not come again within ${duration(evidence.end() - answered)}`;
      return [measured(`what it does on ${said}`, answer, limited, again)];
    }
    const window = afterWait(limited, secondsOf(axes) * 1000, `after as many seconds as Retry-After says`);
    return [comesAgain(limited, again, { ...window, watchedUntil: evidence.end(), over: jobEnd(evidence) })];
  },
});
