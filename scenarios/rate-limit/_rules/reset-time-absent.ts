import {
  answeredAgain,
  check,
  comesAgain,
  DEFAULT_INTERVAL_LIMIT_MS,
  duration,
  expectedAgain,
  expectedWait,
  limitedRequestOf,
  ONE_MINUTE_MS,
  ROUNDING_MS,
  rateLimitRules,
  repeatsByItself,
  reportsError,
} from '../../../harness/kit/index.ts';
import { limitedOnce } from './once.ts';

/** Watched a little longer than the fallback of a minute, so that a runner which takes it is seen. In milliseconds. */
const WATCH_MS = ONE_MINUTE_MS + 4000;
/** A job's own cycle of updates repeats within this time, whatever the answer was. In milliseconds. */
const OWN_CYCLE_MS = 40_000;

/** Neither header: what the profile's page says of it. */
export const resetTimeAbsent = limitedOnce({
  waitsMs: ({ profile }) => {
    const { onAbsent } = rateLimitRules(profile);
    return onAbsent.do === 'report' ? WATCH_MS : expectedWait(onAbsent);
  },
  says: () => ({}),
  watch: ({ world, axes, profile }) => {
    const kind = limitedRequestOf(axes);
    return rateLimitRules(profile).onAbsent.do === 'report'
      ? world.watch(WATCH_MS, `whether the ${kind} request comes again`)
      : answeredAgain(world, kind, DEFAULT_INTERVAL_LIMIT_MS);
  },
  judge: (limited, again, evidence, { axes, profile }) => {
    const kind = limitedRequestOf(axes);
    const { onAbsent } = rateLimitRules(profile);
    if (onAbsent.do !== 'report') {
      const window = expectedAgain(limited, onAbsent);
      return [comesAgain(limited, again, { ...window, watchedUntil: evidence.end() })];
    }
    const error = reportsError(evidence, /\b429\b|too many requests/i, 'the response error (429)');
    const answered = limited.answered ?? limited.arrived;
    const watched = evidence.of('act').find((each) => each.watchedMs !== undefined)?.watchedMs ?? 0;
    const over = evidence.mark('subject-ended');
    const calm = check(
      watched >= WATCH_MS - ROUNDING_MS || over !== undefined,
      `the subject is watched for ${duration(WATCH_MS)} after the 429, or until it has ended`,
      over ? `watched until ${over.what}` : `watched for ${duration(watched)}`,
      over,
    );
    if (!repeatsByItself(kind)) {
      const count = evidence.gitlab(kind).length;
      const observed = again
        ? `${count} requests, the second ${duration(again.arrived - answered)} after the 429`
        : `one request in the ${duration(watched)} watched`;
      return [check(count === 1, 'one request, and no further action', observed, limited, again), error, calm];
    }
    // A job's updates go on in their own cycle; what must not be is a wait that only the rate limit explains.
    const wait = again ? again.arrived - answered : 0;
    const own = check(
      wait < OWN_CYCLE_MS,
      `no further action: at most the job's own cycle of updates sends again, within ${duration(OWN_CYCLE_MS)}`,
      again ? `it was sent again ${duration(wait)} after the 429` : 'it was not sent again',
      limited,
      again,
    );
    return [own, error, calm];
  },
});
