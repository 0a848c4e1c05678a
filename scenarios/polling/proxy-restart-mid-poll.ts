import {
  behindProxy,
  blocked,
  bypassed,
  check,
  duration,
  type Evidence,
  type Exchange,
  endsAs,
  type Finding,
  isAfter,
  isTls,
  jobsEnd,
  nothingDirect,
  POLL_INTERVAL_MS,
  POLL_TOLERANCE_MS,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  START_LIMIT_MS,
  type Stage,
  scenario,
  schemeAxis,
  throughProxy,
  whilePolling,
} from '../../harness/kit/index.ts';

const LONG_POLL_MS = 50_000;
/** How long GitLab may take to notice that a held request's client is gone, in milliseconds. */
const NOTICE_LIMIT_MS = 10_000;

export default scenario({
  id: 'polling/proxy-restart-mid-poll',
  asks: 'When the proxy restarts during a long poll, is only that poll lost?',
  explains:
    'GitLab holds job requests for 50 s when there is no job. While it holds one, the proxy restarts on the same port, and then a job is queued. The next job request must come within one poll interval of 3 s and a tolerance of 2 s, it must be given the job, and the job must run and end well, all through the proxy.',
  axes: { scheme: schemeAxis, proxy: proxyAxis },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => ['poll', 'check-interval', ...(isTls(axes) ? (['custom-ca'] as const) : [])],
  waits: () => 2 * POLL_INTERVAL_MS,
  world: ({ axes }) => ({ gitlab: { tls: isTls(axes), longPollMs: LONG_POLL_MS }, proxy: proxyOf(axes) }),
  act: (stage) => pollAnd(stage, () => stage.world.proxy.restart()),
  judge: (evidence) => {
    const cut = heldPoll(evidence);
    const back = evidence.mark('back');
    if (!cut || !back || cut.status !== undefined) {
      const seen = cut?.status === undefined ? 'no job request was held' : 'the held job request was answered, not cut';
      return [blocked('a held job request is cut by the restart', seen, cut), nothingDirect(evidence)];
    }
    return [
      comesBack(evidence, cut, back.t),
      endsAs(evidence, 'success'),
      ...throughProxy(evidence, ['job'], 'job requests'),
    ];
  },
  mutants: [
    'sends-credentials-once',
    'never-uses-proxy',
    'proxies-only-http',
    'proxies-only-job-requests',
    'stops-polling-after-proxy-down',
    'loses-job-after-restart',
  ],
  control: { without: 'the restart', act: (stage) => pollAnd(stage, async () => {}) },
});

async function pollAnd(stage: Stage, restart: () => Promise<void>): Promise<void> {
  const { world } = stage;
  await whilePolling(stage, behindProxy(stage), async () => {
    await world.waitFor('a held job request', (seen) => bypassed(seen) || seen.gitlab('job')[0], START_LIMIT_MS);
    world.mark('held', 'GitLab holds a job request');
    await restart();
    world.mark('back', 'the proxy is back');
    await world.waitFor(
      'the end of the cut connection at GitLab',
      (seen) => gone(seen, heldPoll(seen)),
      NOTICE_LIMIT_MS,
    );
    world.gitlab.queue({ script: ['echo proxyproof-job-ran'] });
    await jobsEnd(stage);
  });
}

/** The job request that GitLab held at the moment that was marked. */
function heldPoll(evidence: Evidence): Exchange | undefined {
  const moment = evidence.mark('held');
  return moment && evidence.gitlab('job').findLast((each) => !isAfter(each, moment));
}

const gone = (evidence: Evidence, held: Exchange | undefined): boolean =>
  held !== undefined &&
  evidence.of('connection-end').some(({ peer, connection }) => peer === 'gitlab' && connection === held.connection);

function comesBack(evidence: Evidence, cut: Exchange, back: number): Finding {
  const held = evidence.mark('held');
  const limit = POLL_INTERVAL_MS + POLL_TOLERANCE_MS;
  const next = evidence.gitlab('job').find((each) => isAfter(each, held));
  const seen = next
    ? `the next job request came ${duration(next.arrived - back)} after the proxy was back and was answered with ${next.status ?? 'nothing'}`
    : `no other job request came in the ${duration(evidence.end() - back)} watched`;
  return check(
    next !== undefined && next.arrived - back <= limit && next.status === 201,
    `the next job request comes within ${duration(limit)} and gets the job`,
    seen,
    cut,
    next,
  );
}
