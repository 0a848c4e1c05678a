import {
  type AxisValues,
  check,
  comesAgain,
  type Evidence,
  type Exchange,
  isSameRequest,
  JOB_LIMIT_MS,
  JOB_RAN,
  type JobSpec,
  type LimitRule,
  type PlanStep,
  START_LIMIT_MS,
  shortJob,
  untilReset,
} from '../../../harness/kit/index.ts';
import { isTooSmall } from './reset-time-valid.ts';

const RESET_IN_SECONDS = 3;
/** More parts than any runner makes of such a trace. */
const MOST_PARTS = 12;

const limit = (after: number): PlanStep => ({
  on: 'trace',
  after,
  times: 1,
  give: { status: 429, resetTime: { inSeconds: RESET_IN_SECONDS }, body: 'empty' },
});

/** Whether a case limits others than the first part of a trace. */
export const isOfParts = (axes: AxisValues): boolean =>
  axes['request'] === 'trace' && (axes['part'] !== 'first' || axes['size'] !== 'usual');

/**
 * A job whose trace has three parts at the least.
 * @param clock where time is simulated a runner sends its parts as it likes, and no job needs to sleep
 */
export const jobOfParts = (clock: 'real' | 'simulated'): JobSpec =>
  clock === 'simulated'
    ? shortJob
    : { script: [`echo ${JOB_RAN}`, 'for i in 1 2 3 4 5 6 7 8; do echo part $i; sleep 2; done'] };

/** The third part of a trace is limited, or every part is: each is waited for, and comes again as it was. */
export const resetTimeOfParts: LimitRule = {
  waitsMs: () => 3 * (RESET_IN_SECONDS + 1) * 1000,
  plan: ({ axes }) =>
    axes['part'] === 'third' ? [limit(2)] : [limit(0), ...Array.from({ length: MOST_PARTS - 1 }, () => limit(1))],
  observe: async ({ world }) => {
    const over = (seen: Evidence): boolean => seen.of('job').some(({ what }) => what === 'finished');
    await world.waitFor('the job to be over', over, START_LIMIT_MS + JOB_LIMIT_MS);
  },
  judge: (evidence, { axes }) => {
    const all = evidence.gitlab('trace');
    const limited = all.filter(({ status }) => status === 429);
    const largest = limited.toSorted((a, b) => (b.body?.bytes ?? 0) - (a.body?.bytes ?? 0))[0];
    if (!largest) {
      return [check(false, 'the part of the trace that the case is about is limited', `${all.length} parts were sent`)];
    }
    return [...limited.flatMap((each) => findings(each, all, evidence)), ...isTooSmall(largest, axes)];
  },
};

function findings(limited: Exchange, all: readonly Exchange[], evidence: Evidence) {
  const again = all[all.indexOf(limited) + 1];
  const timely = comesAgain(limited, again, { ...untilReset(limited), watchedUntil: evidence.end() });
  return again ? [timely, isSameRequest(limited, again)] : [timely];
}
