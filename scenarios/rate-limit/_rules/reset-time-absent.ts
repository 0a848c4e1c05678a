import {
  type Answer,
  type AxisValues,
  answeredAgain,
  check,
  comesAgain,
  counted,
  DEFAULT_INTERVAL_LIMIT_MS,
  duration,
  expectedAgain,
  expectedWait,
  jobEnd,
  limitedRequestOf,
  NAMES_LIMIT,
  NO_SECOND_POLL_SECONDS,
  ONE_MINUTE_MS,
  ROUNDING_MS,
  rateLimitRules,
  repeatsByItself,
  reportsError,
} from '../../../harness/kit/index.ts';
import { limitedOnce } from './once.ts';

/** Watched a little longer than the fallback of a minute at least, so that a runner which takes it is seen. In milliseconds. */
const WATCH_MS = ONE_MINUTE_MS + 4000;
/** In simulated time an hour costs nothing: all of it until the next poll is due. In milliseconds. */
const WATCH_SIMULATED_MS = NO_SECOND_POLL_SECONDS * 1000 - 10_000;
/** In real time one shape of the answer is watched so long that a retry after two minutes is seen. In milliseconds. */
const WATCH_LONG_MS = 2 * ONE_MINUTE_MS + 10_000;
/** A job's own cycle of updates repeats within this time, whatever the answer was. In milliseconds. */
const OWN_CYCLE_MS = 40_000;

/** What a header says that the page does not speak of, in seconds: longer than a default interval, so that who goes by it is seen. */
const RESET_IN_SECONDS = 90;

/** What is no number of seconds is no Retry-After (RFC 9110 section 10.2.3); the number in it would be a quarter of an hour. */
const OTHERS: Readonly<Record<string, Partial<Answer>>> = {
  none: {},
  'rate-limit-reset': { rateLimitReset: { inSeconds: RESET_IN_SECONDS } },
  'retry-after-with-unit': { retryAfter: '900 seconds' },
  'retry-after-in-words': { retryAfter: 'in 900' },
};
/** What else an answer may say, for an axis. */
export const OTHER_HEADERS = Object.keys(OTHERS);

const watchMs = (axes: AxisValues): number =>
  axes['body'] === 'empty' && axes['connection'] === 'keep-alive' ? WATCH_LONG_MS : WATCH_MS;

/** Neither header: what the profile's page says of it. */
export const resetTimeAbsent = limitedOnce({
  waitsMs: ({ profile, axes }) => {
    const { onAbsent } = rateLimitRules(profile);
    return onAbsent.do === 'report' ? watchMs(axes) : expectedWait(onAbsent);
  },
  asksPage: true,
  says: ({ axes }) => OTHERS[axes['others'] ?? 'none'] ?? {},
  watch: {
    by: ({ world, axes, rateLimit }) => {
      const kind = limitedRequestOf(axes);
      return rateLimit.onAbsent.do === 'report'
        ? world.watch(
            world.clock.kind === 'simulated' ? WATCH_SIMULATED_MS : watchMs(axes),
            `whether the ${kind} request comes again`,
          )
        : answeredAgain(world, kind, DEFAULT_INTERVAL_LIMIT_MS);
    },
  },
  judge: (limited, again, evidence, { axes, profile }) => {
    const kind = limitedRequestOf(axes);
    const { onAbsent } = rateLimitRules(profile);
    if (onAbsent.do !== 'report') {
      const window = expectedAgain(limited, onAbsent);
      return [comesAgain(limited, again, { ...window, watchedUntil: evidence.end(), over: jobEnd(evidence) })];
    }
    const error = reportsError(evidence, NAMES_LIMIT, 'the response error (429)');
    const answered = limited.answered ?? limited.arrived;
    const watched = evidence.of('act').find((each) => each.watchedMs !== undefined)?.watchedMs ?? 0;
    const over = evidence.mark('subject-ended');
    const calm = check(
      watched >= WATCH_MS - ROUNDING_MS || over !== undefined,
      `the subject is watched for ${duration(WATCH_MS)} at least after the 429, or until it has ended`,
      over ? `watched until ${over.what}` : `watched for ${duration(watched)}`,
      over,
    );
    if (!repeatsByItself(kind)) {
      const count = evidence.gitlab(kind).length;
      const observed = again
        ? `${counted(count, 'requests')}, the second ${duration(again.arrived - answered)} after the 429`
        : `one request in the ${duration(watched)} watched`;
      return [check(count === 1, 'one request, and no further action', observed, limited, again), error, calm];
    }
    // A job's updates go on in their own cycle; what must not be is a wait that only the rate limit explains.
    const late = evidence.gitlab(kind).find((each) => each.arrived - answered >= OWN_CYCLE_MS);
    const sent = late ?? again;
    const own = check(
      late === undefined,
      `no further action: at most the job's own cycle of updates sends again, within ${duration(OWN_CYCLE_MS)}`,
      sent ? `it was sent again ${duration(sent.arrived - answered)} after the 429` : 'it was not sent again',
      limited,
      sent,
    );
    return [own, error, calm];
  },
});
