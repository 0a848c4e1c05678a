import {
  type AxisValues,
  check,
  configFor,
  duration,
  firstAnswered,
  limitedRequest,
  type ResetTime,
  ROUNDING_MS,
  scenario,
} from '../../harness/kit/index.ts';

const RESET_IN_SECONDS = 7200;
/** Longer than the fallback of a minute. Simulated time costs nothing, so there it is watched nearly to the end. */
const WATCH_MS = { real: 70_000, simulated: (RESET_IN_SECONDS - 60) * 1000 };
/** A timer of 32 bits ends after 24.8 days, if its unit is a millisecond. */
const DAYS_30_SECONDS = 30 * 24 * 3600;
/** Its month is the first of the year: one that is counted from 0. */
const JANUARY = 'Thu, 15 Jan 2099 10:00:00 GMT';
const STOP_WITHIN_MS = 30_000;

const resetTimeOf = ({ ahead }: AxisValues): ResetTime => {
  if (ahead === 'a-january') return { literal: JANUARY };
  return { inSeconds: ahead === '30-days' ? DAYS_30_SECONDS : RESET_IN_SECONDS };
};

export default scenario({
  id: 'rate-limit/reset-time-far',
  asks: 'Does it stay quiet until a time hours ahead, and stop cleanly in the meantime?',
  explains:
    'GitLab answers the first job request with 429 and a reset time two hours ahead, 30 days, which is more than many a timer can be set to, or a January far away; the runner polls every 3 s otherwise. For 70 s (in simulated time, until a minute before the two hours are over) nothing may come; then the runner is told to stop, and must be gone within 30 s.',
  axes: { ahead: { values: ['2-hours', '30-days', 'a-january'], default: '2-hours' } },
  abilities: () => ['poll', 'graceful-stop'],
  waits: () => WATCH_MS.real,
  world: ({ axes }) => ({
    gitlab: {
      plan: [{ on: 'job', times: 1, give: { status: 429, resetTime: resetTimeOf(axes), body: 'empty' } }],
    },
  }),
  act: async (stage) => {
    const { subject, world } = stage;
    await using running = await subject.run(configFor(stage));
    if ((await firstAnswered(world, 'job')) === undefined) return;
    await world.watch(WATCH_MS[world.clock.kind], 'whether it stays quiet');
    world.mark('stopping', 'the runner is told to stop');
    await world.clock.within(STOP_WITHIN_MS, 'the runner to be gone', running.stop('graceful')).then(
      () => world.mark('stopped', 'the runner is gone'),
      () => {},
    );
  },
  judge: (evidence) => {
    const { limited, again, unmet } = limitedRequest(evidence, 'job');
    if (!limited) return unmet;
    const answered = limited.answered ?? limited.arrived;
    const watched = evidence.of('act').find((each) => each.watchedMs !== undefined)?.watchedMs ?? 0;
    const stopping = evidence.mark('stopping');
    const stopped = evidence.mark('stopped');
    return [
      check(
        evidence.gitlab('job').length === 1 && watched >= WATCH_MS.real - ROUNDING_MS,
        `no request while it is watched, for ${duration(WATCH_MS.real)} at least`,
        again
          ? `a request ${duration(again.arrived - answered)} after the 429`
          : `it stayed quiet for the ${duration(watched)} watched`,
        limited,
        again,
      ),
      check(
        stopping !== undefined && stopped !== undefined && stopped.t - stopping.t <= STOP_WITHIN_MS,
        `told to stop, it is gone within ${duration(STOP_WITHIN_MS)}`,
        stopping && stopped
          ? `it was gone after ${duration(stopped.t - stopping.t)}`
          : 'it was still there and had to be killed',
        stopping,
        stopped,
      ),
    ];
  },
  mutants: [
    'asks-every-five-seconds',
    'ignores-reset-time',
    'returns-before-reset-time',
    'wakes-early-on-far-reset',
    'does-not-stop-while-waiting',
    'waits-a-minute-at-most',
    'overflows-on-far-reset',
    'takes-january-for-no-month',
    'reads-time-of-day-only',
  ],
  control: { without: 'the 429: GitLab answers every request at once', world: () => ({ gitlab: {} }) },
});
