import {
  type AxisValues,
  blocked,
  check,
  configFor,
  duration,
  type Evidence,
  type Finding,
  limitedRequestOf,
  POLL_INTERVAL_SECONDS,
  type Stage,
  shortJob,
  type WorldSpec,
  whilePolling,
} from '../../../harness/kit/index.ts';

const RESET_IN_SECONDS = 20;
/** How long after the limit is over two jobs may take to their ends, in milliseconds. */
const AFTERWARDS_MS = 60_000;

/** Two jobs that may run side by side; the limit is met while one of them runs, or is to be had. */
export function meanwhileWorld(axes: AxisValues): WorldSpec {
  const on = limitedRequestOf(axes);
  return {
    gitlab: {
      jobs: [shortJob, shortJob],
      plan: [
        {
          on,
          after: on === 'job' ? 1 : 0,
          times: 1,
          give: { status: 429, resetTime: { inSeconds: RESET_IN_SECONDS }, body: 'empty' },
        },
      ],
    },
  };
}

/** Waits until both jobs are over. */
export const whileLimited = (stage: Stage): Promise<void> =>
  whilePolling(stage, configFor(stage, { checkInterval: POLL_INTERVAL_SECONDS, concurrent: 2 }), async () => {
    const over = (seen: Evidence): boolean => ends(seen).length >= 2;
    await stage.world.waitFor('two jobs to be over', over, 2 * RESET_IN_SECONDS * 1000 + 2 * AFTERWARDS_MS);
  });

const ends = (seen: Evidence) => seen.of('job').filter(({ what }) => what === 'finished');

/** That the requests of other kinds are made, at the latest when the limit is over. */
export function othersGoOn(evidence: Evidence, axes: AxisValues): Finding[] {
  const kind = limitedRequestOf(axes);
  const limited = evidence.gitlab(kind).find(({ status }) => status === 429);
  const resetAt = limited?.planned?.resetAt;
  if (!limited || resetAt === undefined) {
    return [blocked(`a ${kind} request is limited while there are jobs`, 'none was')];
  }
  const all = ends(evidence);
  const last = all.at(-1);
  return [
    check(
      all.length === 2 && (last?.t ?? 0) <= resetAt + AFTERWARDS_MS && all.every(({ state }) => state === 'success'),
      `while ${kind} requests are limited the others are made, or when that is over: two jobs end as success at most ${duration(AFTERWARDS_MS)} after it`,
      `${all.length} ended, as ${all.map(({ state, t }) => `${state ?? 'nothing'} ${duration(t - resetAt)} after it`).join(' and ') || 'nothing'}`,
      limited,
      last,
    ),
  ];
}
