import {
  type AxisValues,
  answeredAgain,
  blocked,
  check,
  comesAgain,
  comesAgainByAClock,
  counted,
  type Evidence,
  type Exchange,
  type Finding,
  isSameRequest,
  jobEnd,
  type LimitRule,
  leastBytes,
  limitedRequestOf,
  repeatsByItself,
  untilReset,
} from '../../../harness/kit/index.ts';
import { limitedOnce } from './once.ts';

/** No multiple of what runners ask in by themselves, 3 s, 5 s or 10 s: those come before the time, or too late after it. */
const RESET_IN_SECONDS = 7;
/** How long after that it is watched for, in milliseconds. */
const LATE_MS = 7000;
/** In place of “Too Many Requests”. */
const OTHER_REASON = 'Slow Down';
/** How long it is watched after the request came again, in milliseconds. */
const AFTERWARDS_MS = 1000;
/** How far two clocks are apart, in seconds. */
const CLOCKS_APART_SECONDS = 90;

/** How much later GitLab's clock is than the subject's, in seconds. */
export function clockAheadSeconds(axes: AxisValues): number {
  if (axes['clock'] === 'gitlab-ahead') return CLOCKS_APART_SECONDS;
  return axes['clock'] === 'gitlab-behind' ? -CLOCKS_APART_SECONDS : 0;
}

/**
 * A valid reset time is waited for, and the request comes again as it was.
 * @param header the header's spelling on the wire
 */
export const resetTimeValid = (header = 'RateLimit-ResetTime'): LimitRule =>
  limitedOnce({
    waitsMs: ({ axes }) => (RESET_IN_SECONDS + 1 + Math.abs(clockAheadSeconds(axes))) * 1000,
    says: ({ axes }) => ({
      resetTime: { inSeconds: RESET_IN_SECONDS },
      resetTimeHeader: header,
      ...(axes['reason'] === 'other' ? { reason: OTHER_REASON } : {}),
    }),
    watch: {
      by: async ({ world, axes }) => {
        const kind = limitedRequestOf(axes);
        await answeredAgain(world, kind, (RESET_IN_SECONDS + Math.abs(clockAheadSeconds(axes))) * 1000 + LATE_MS);
        await world.watch(AFTERWARDS_MS, `whether the ${kind} request comes once more`);
      },
    },
    judge: (limited, again, evidence, { axes }) => {
      const watched = { watchedUntil: evidence.end(), over: jobEnd(evidence) };
      const ahead = clockAheadSeconds(axes) * 1000;
      const timely =
        ahead === 0
          ? comesAgain(limited, again, { ...untilReset(limited), ...watched })
          : comesAgainByAClock(limited, again, ahead, watched);
      const findings = again ? [timely, isSameRequest(limited, again)] : [timely];
      return [...findings, ...comesOnce(limited, again, evidence, axes), ...isTooSmall(limited, axes)];
    },
  });

/** That a request which was answered well is not made once more; a job's own are, in the runner's cycle. */
function comesOnce(limited: Exchange, again: Exchange | undefined, evidence: Evidence, axes: AxisValues): Finding[] {
  const kind = limitedRequestOf(axes);
  if (!again || repeatsByItself(kind)) return [];
  const all = evidence.gitlab(kind);
  return [
    check(
      all.length === 2,
      'the request that is answered well is not made once more',
      `${counted(all.length, 'requests')} in all`,
      limited,
      ...all.slice(1),
    ),
  ];
}

/** What must have come first where a case is about a large body: that it was as large. */
export function isTooSmall({ body }: Exchange, axes: AxisValues): Finding[] {
  const least = leastBytes(axes);
  const bytes = body?.bytes ?? 0;
  return bytes >= least ? [] : [blocked(`a body of ${least} bytes at least is limited`, `it had ${bytes}`)];
}
