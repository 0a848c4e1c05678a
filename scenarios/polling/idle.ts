import {
  type AxisValues,
  behindProxy,
  blocked,
  check,
  counted,
  duration,
  type Exchange,
  type Finding,
  nothingDirect,
  POLL_INTERVAL_MS,
  POLL_TOLERANCE_MS,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  type RunnerConfig,
  type Stage,
  scenario,
  throughProxy,
  whilePolling,
} from '../../harness/kit/index.ts';

/** How long it is watched, in milliseconds: in simulated time five minutes cost next to nothing. */
const watchMs = (axes: AxisValues, clock: 'simulated' | 'real'): number =>
  clock === 'simulated' ? 300_000 : isFailing(axes) ? 75_000 : 40_000;
/** A right runner may ask less and less often while its polls fail, but once a minute at least. In milliseconds. */
const LONGEST_FAILING_MS = 60_000;
/** Watched so long, both in real and in simulated time, that a gap of the longest kind shows. */
const LONGEST_IDLE_MS = 2 * POLL_INTERVAL_MS;

const isFailing = (axes: AxisValues): boolean => axes['answer'] === 'fails';

export default scenario({
  id: 'polling/idle',
  asks: 'While there is nothing to do, does it go on asking for jobs at its interval, through the proxy?',
  explains:
    'The runner polls every 3 s through the proxy, and GitLab has no job for it (answer=nothing), or answers every request with 500 (answer=fails). It is watched for 40 s or 75 s, in simulated time for five minutes. Where there is nothing, it must ask once in two intervals at least, and in all no more than twice as often as its interval allows; where GitLab fails, once a minute at least. Each request must come through the proxy.',
  axes: { answer: { values: ['nothing', 'fails'] }, proxy: proxyAxis },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: () => ['poll', 'check-interval'],
  waits: ({ axes }) => watchMs(axes, 'real'),
  world: ({ axes }) => ({
    gitlab: isFailing(axes) ? { plan: [{ on: 'job', times: 'ever', give: { status: 500 } }] } : {},
    proxy: proxyOf(axes),
  }),
  act: (stage) => watchPolls(stage, behindProxy(stage)),
  judge: (evidence, { axes }) => {
    const polls = evidence.gitlab('job');
    const end = evidence.mark('stopping')?.t;
    if (polls.length === 0 || end === undefined) {
      return [blocked('a job is asked for', 'none was, while it was watched'), nothingDirect(evidence)];
    }
    return [
      goesOn(polls, end, isFailing(axes) ? LONGEST_FAILING_MS : LONGEST_IDLE_MS),
      ...(isFailing(axes) ? [] : [keepsItsPace(polls, end)]),
      ...throughProxy(evidence, ['job'], 'job requests'),
    ];
  },
  mutants: ['asks-again-at-once', 'asks-again-at-once-after-failures', 'rests-after-many-failures'],
  control: {
    without: 'a poll interval of 3 s: it is four minutes',
    act: (stage) => watchPolls(stage, { ...behindProxy(stage), checkInterval: 240 }),
  },
});

/** Watches a runner that has nothing to do, but not one that floods GitLab. */
function watchPolls(stage: Stage, config: RunnerConfig): Promise<void> {
  const { world, axes } = stage;
  const limit = watchMs(axes, world.clock.kind);
  return whilePolling(stage, config, async () => {
    await world.waitFor(
      'more job requests than its interval allows',
      (seen) => seen.gitlab('job').length > mostIn(limit) || seen.tripwire()[0],
      limit,
    );
  });
}

/** Twice what the interval allows. */
const mostIn = (ms: number): number => 2 * (Math.ceil(ms / POLL_INTERVAL_MS) + 1);

function goesOn(polls: readonly Exchange[], end: number, longest: number): Finding {
  const times = [...polls.map(({ arrived }) => arrived), end];
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const widest = gaps.indexOf(Math.max(...gaps));
  const limit = longest + POLL_TOLERANCE_MS;
  const last = widest === gaps.length - 1;
  return check(
    (gaps[widest] ?? 0) <= limit,
    `a job is asked for again within ${duration(limit)}`,
    `${last ? 'none came for the last' : 'the longest pause was'} ${duration(gaps[widest] ?? 0)}, after ${counted(widest + 1, 'requests')}`,
    polls[widest],
    polls[widest + 1],
  );
}

function keepsItsPace(polls: readonly Exchange[], end: number): Finding {
  const watched = end - (polls[0]?.arrived ?? 0);
  const most = mostIn(watched);
  return check(
    polls.length <= most,
    `with a poll interval of ${duration(POLL_INTERVAL_MS)} at most ${most} requests come in ${duration(watched)}`,
    `${counted(polls.length, 'requests')} came`,
    ...polls.slice(0, 3),
  );
}
