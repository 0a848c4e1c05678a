import {
  type AxisValues,
  blocked,
  check,
  comesAgain,
  configFor,
  counted,
  duration,
  type Evidence,
  endsAs,
  type Finding,
  gitlabForRequest,
  isAfter,
  isSameRequest,
  type LimitedKind,
  limitedRequestOf,
  type PlanStep,
  requestAbilities,
  requestJobs,
  retryOf,
  type Stage,
  scenario,
  shortJob,
  untilReset,
  whilePolling,
} from '../../harness/kit/index.ts';
import { meanwhileWorld, othersGoOn, whileLimited } from './_rules/meanwhile.ts';

const POLL_SECONDS = 30;
const RESET_IN_SECONDS = 2;
/** More than the wait for a reset time, and less than the poll interval, in milliseconds. */
const QUIET_MS = 10_000;
/** How long a job may take once nothing is limited any more, in milliseconds: several polls, and the job. */
const UNLIMITED_MS = 150_000;
/** What `hour` is where time is real, in milliseconds. */
const PAUSE_MS = { simulated: 3_600_000, real: 120_000 };

const SECOND = 'second-episode';

const limits = (on: LimitedKind, times: number | 'ever', inSeconds: number): PlanStep => ({
  on,
  times,
  give: { status: 429, resetTime: { inSeconds }, body: 'empty' },
});

/** Three, as in the first episode: what is counted on from there is over the limit then. */
const EPISODE = [RESET_IN_SECONDS, 4, RESET_IN_SECONDS];
const episode = (on: LimitedKind): PlanStep[] => EPISODE.map((inSeconds) => limits(on, 1, inSeconds));

const worldOf = (axes: AxisValues) => gitlabForRequest(limitedRequestOf(axes));

export default scenario({
  id: 'rate-limit/next-episode',
  asks: 'Is a limit treated like the first when there was one before?',
  explains:
    'The runner polls every 30 s. GitLab answers three requests of a kind with 429 and a reset time, then lets them pass; or with after=give-up all of them, until the runner has given up. In the next poll or the next job, with after=hour an hour later (in real time two minutes), there are three again: each must be waited for, the same request must come again, and the job must be run to success. With meanwhile=others one request is limited for 20 s while a runner that may run two jobs has other requests to make: both jobs must end.',
  axes: {
    request: { values: ['job', 'trace', 'update', 'upload'], default: 'job' },
    after: { values: ['success', 'give-up', 'hour'], default: 'success' },
    meanwhile: { values: ['nothing', 'others'], default: 'nothing' },
  },
  where: ({ request, after, meanwhile }) =>
    after === 'success'
      ? meanwhile === 'nothing' || request !== 'upload'
      : meanwhile === 'nothing' && request !== 'upload',
  abilities: ({ axes }) => [...requestAbilities(limitedRequestOf(axes)), 'check-interval'],
  waits: ({ axes }) => (axes['after'] === 'hour' ? PAUSE_MS.real : 0) + 2 * POLL_SECONDS * 1000,
  world: ({ axes }) => {
    if (axes['meanwhile'] === 'others') return meanwhileWorld(axes);
    const kind = limitedRequestOf(axes);
    const plan = axes['after'] === 'give-up' ? [limits(kind, 'ever', RESET_IN_SECONDS)] : episode(kind);
    return { gitlab: { ...worldOf(axes), plan } };
  },
  asksPage: (axes) => axes['after'] === 'give-up',
  act: (stage) => (stage.axes['meanwhile'] === 'others' ? whileLimited(stage) : twoEpisodes(stage)),
  judge: (evidence, { axes }) => {
    if (axes['meanwhile'] === 'others') return othersGoOn(evidence, axes);
    const kind = limitedRequestOf(axes);
    const second = evidence.mark(SECOND);
    const before = evidence.gitlab(kind).filter((each) => each.status === 429 && !isAfter(each, second));
    if (!second || before.length < EPISODE.length) {
      return [blocked(`${EPISODE.length} ${kind} requests are limited first`, `${before.length} were`)];
    }
    return secondEpisode(evidence, kind);
  },
  mutants: [
    'asks-every-five-seconds',
    'stops-polling-after-proxy-down',
    'loses-job-after-restart',
    'ignores-reset-time',
    'counts-tries-for-whole-process',
    'counts-tries-until-success',
    'counts-tries-of-all-uploads',
    'retries-upload-with-other-content',
    'remembers-reset-time',
    'holds-others-for-good',
    'drops-answer-after-second-wait',
    'only-retries-job-requests',
    'repeats-first-wait',
    'retries-another-url',
    'retries-without-body',
    'retries-without-headers',
    'returns-before-reset-time',
    'uses-stale-answer',
    'waits-for-first-limit-only',
    'waits-twice-as-long',
    'rests-after-giving-up',
    'repeats-what-succeeded',
  ],
  control: {
    without: 'the 429s: GitLab answers every request at once',
    world: ({ axes }) => ({ gitlab: worldOf(axes) }),
    act: (stage) =>
      whilePolling(stage, configFor(stage, { checkInterval: POLL_SECONDS }), async () => {
        stage.world.gitlab.queue(shortJob);
        await lastJobEnds(stage);
      }),
  },
});

const twoEpisodes = (stage: Stage): Promise<void> =>
  whilePolling(stage, configFor(stage, { checkInterval: POLL_SECONDS }), async () => {
    const { world, axes } = stage;
    const kind = limitedRequestOf(axes);
    await firstEpisode(stage);
    if (axes['after'] === 'hour') await world.watch(PAUSE_MS[world.clock.kind], 'whether time changes anything');
    world.mark(SECOND, 'from here on there are limits again');
    world.gitlab.follow(episode(kind));
    world.gitlab.queue(requestJobs(kind)[0] ?? shortJob);
    await lastJobEnds(stage);
  });

/** Waits until the first limits are over: a request passed, or the runner has given up. */
async function firstEpisode(stage: Stage): Promise<void> {
  const { world, axes } = stage;
  const kind = limitedRequestOf(axes);
  const count = (seen: Evidence): number => seen.gitlab(kind).length;
  if (axes['after'] !== 'give-up') {
    const passed = (seen: Evidence): boolean =>
      kind === 'job' ? seen.gitlab(kind).some(({ status }) => status !== 429 && status !== undefined) : ended(seen) > 0;
    await world.waitFor('the first limits to be over', passed, UNLIMITED_MS);
    return;
  }
  const { most } = stage.rateLimit.requests;
  // A job's trace and updates are sent again in the runner's own cycle, without a pause that would tell.
  await world.waitFor(
    'the runner to have given up',
    (seen) => count(seen) > (kind === 'job' ? most - 1 : most),
    UNLIMITED_MS,
  );
  if (kind === 'job') {
    for (let before = 0; before < count(world.evidence); ) {
      before = count(world.evidence);
      await world.waitFor('another try', (seen) => count(seen) > before, QUIET_MS);
    }
    return;
  }
  world.gitlab.follow([]);
  await world.waitFor('the job to be over', (seen) => ended(seen) > 0, UNLIMITED_MS);
}

const ended = (seen: Evidence): number => seen.of('job').filter(({ what }) => what === 'finished').length;

async function lastJobEnds({ world, axes }: Stage): Promise<void> {
  const jobs = limitedRequestOf(axes) === 'job' ? 1 : 2;
  await world.waitFor('the last job to be over', (seen) => ended(seen) >= jobs, UNLIMITED_MS);
}

function secondEpisode(evidence: Evidence, kind: LimitedKind): Finding[] {
  const all = evidence.gitlab(kind).filter((each) => isAfter(each, evidence.mark(SECOND)));
  const limited = all.filter(({ status }) => status === 429);
  const waits = limited.flatMap((each) => {
    const again = retryOf(each, all);
    const timely = comesAgain(each, again, { ...untilReset(each), watchedUntil: evidence.end() });
    return again ? [timely, isSameRequest(each, again)] : [timely];
  });
  const met = check(
    limited.length === EPISODE.length,
    `the runner goes on, and meets ${EPISODE.length} limits again within ${duration(UNLIMITED_MS)}`,
    `it met ${counted(limited.length, 'limits')}`,
    ...limited,
  );
  return [met, ...waits, endsAs(evidence, 'success', kind === 'job' ? 0 : 1)];
}
