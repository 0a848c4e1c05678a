import {
  afterWait,
  comesAgain,
  duration,
  measured,
  RETRY_AFTER_SECONDS,
  rateLimitRules,
} from '../../../harness/kit/index.ts';
import { limitedOnce } from './once.ts';

/** How long it is watched for a retry, in milliseconds. */
const WATCH_MS = RETRY_AFTER_SECONDS * 1000 + 8000;

/** Retry-After without a reset time: waited for, or measured where the page does not speak of it. */
export const retryAfter = limitedOnce({
  waitsMs: () => RETRY_AFTER_SECONDS * 1000,
  says: () => ({ retryAfter: RETRY_AFTER_SECONDS }),
  watch: WATCH_MS,
  measures: ({ profile }) => !rateLimitRules(profile).describesRetryAfter,
  judge: (limited, again, evidence, { profile }) => {
    const said = `Retry-After: ${RETRY_AFTER_SECONDS}`;
    if (!rateLimitRules(profile).describesRetryAfter) {
      const answered = limited.answered ?? limited.arrived;
      const answer = again
        ? `on ${said} the request came again after ${duration(again.arrived - answered)}`
        : `on ${said} the request did not come again within ${duration(evidence.end() - answered)}`;
      return [measured(`what it does on ${said}`, answer, limited, again)];
    }
    const window = afterWait(limited, RETRY_AFTER_SECONDS * 1000, `after as many seconds as Retry-After says`);
    return [comesAgain(limited, again, { ...window, watchedUntil: evidence.end() })];
  },
});
