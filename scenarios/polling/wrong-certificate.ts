import {
  type AxisValues,
  behindProxy,
  blocked,
  CERTIFICATE_SAYS,
  certificateAxis,
  certificateOf,
  check,
  counted,
  type EventOf,
  type Evidence,
  type Exchange,
  type Finding,
  gateAt,
  isAfter,
  isSuccess,
  issueRequest,
  type PlanStep,
  POLL_INTERVAL_MS,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  requestAbilities,
  START_LIMIT_MS,
  type Stage,
  scenario,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

const REQUEST = { values: ['job', 'register', 'verify'], default: 'job' } as const;
const requestOf = ({ request }: AxisValues) => REQUEST.values.find((each) => each === request) ?? 'job';

/** Since when the certificate is wrong: always, once a runner has asked for jobs, or while it runs one. */
const SINCE = { values: ['start', 'later', 'in-job'], default: 'start' } as const;
const isAtStart = (axes: AxisValues): boolean => axes['since'] === SINCE.default;
const isLater = (axes: AxisValues): boolean => axes['since'] === 'later';

/** From here on whoever opens a connection to GitLab is served the wrong certificate. */
const WRONG = 'certificate-is-wrong';

/** How long a runner is watched, in milliseconds: a few of its polls. */
const WATCHED_MS = 4 * POLL_INTERVAL_MS;

/** Each of its answers to a job request ends the connection, where the next one must have a certificate of its own. */
const CLOSES: PlanStep = { on: 'job', times: 'ever', give: { status: 204, connection: 'close' } };

/** Where its job waits, until the certificate has become wrong, and what it has to upload. */
const AT_GATE = 'the-wrong-certificate';
const ARTIFACT = 'artifact.txt';

const world = (axes: AxisValues): WorldSpec => ({
  gitlab: { tls: true, ...(isLater(axes) ? { plan: [CLOSES] } : {}) },
  proxy: proxyOf(axes),
});

export default scenario({
  id: 'polling/wrong-certificate',
  asks: 'Does it send nothing to an https GitLab whose certificate is wrong?',
  explains:
    'As polling/https-connect, but what answers behind the tunnel has a certificate that another authority signed than the one that the runner was given, that is for another name, or that is out of date. The runner may open tunnels, and must send nothing by them: no request may reach that GitLab, for its token would be in it. With since=later the certificate is right at first: the runner asks for jobs, and GitLab ends the connection with each answer. Then new connections are served the wrong certificate, and by none of these may a request come.',
  axes: { certificate: certificateAxis, request: REQUEST, since: SINCE, proxy: proxyAxis },
  where: (axes) => {
    const { certificate, proxy } = axes;
    const isJob = requestOf(axes) === 'job';
    if (!isAtStart(axes)) return isJob && proxy === 'basic' && certificate === certificateAxis.values[0];
    return proxy === 'basic' || isJob;
  },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => [
    ...requestAbilities(requestOf(axes)),
    'custom-ca',
    ...(axes['since'] === 'in-job' ? (['upload'] as const) : []),
    // It must ask again while it is watched.
    ...(isLater(axes) ? (['check-interval'] as const) : []),
  ],
  waits: () => WATCHED_MS,
  world: ({ axes }) =>
    isAtStart(axes) ? { ...world(axes), gitlab: { tls: true, wrongCertificate: certificateOf(axes) } } : world(axes),
  act: (stage) => {
    if (isAtStart(stage.axes)) return watch(stage);
    return isLater(stage.axes) ? becomesWrong(stage) : becomesWrongInJob(stage);
  },
  judge: (evidence, { axes }) => {
    const wrong = evidence.mark(WRONG);
    if (!isAtStart(axes) && !wrong) {
      const what = isLater(axes) ? 'asks for jobs' : 'runs a job';
      const seen = isLater(axes) ? 'no request was answered' : 'it did not come so far';
      return [blocked(`the runner ${what} as long as the certificate is right`, seen)];
    }
    const tunnels = evidence
      .proxy()
      .filter((each) => each.method === 'CONNECT' && isSuccess(each) && (!wrong || isAfter(each, wrong)));
    if (tunnels.length === 0) {
      const when = wrong ? ' once its certificate is wrong' : '';
      return [blocked(`the runner opens a tunnel to GitLab${when}`, 'it opened none', wrong)];
    }
    return [sendsNothing(evidence, CERTIFICATE_SAYS[certificateOf(axes)])];
  },
  mutants: [
    'takes-any-certificate',
    'takes-certificate-of-other-name',
    'takes-expired-certificates',
    'verifies-first-certificate-only',
    'takes-any-certificate-after-failure',
    'asks-before-verifying',
    'uploads-to-any-certificate',
  ],
  control: { without: 'what is wrong with the certificate', world: ({ axes }) => world(axes) },
});

async function watch(stage: Stage): Promise<void> {
  const { world } = stage;
  await issueRequest(stage, requestOf(stage.axes), behindProxy(stage), async () => {
    await world.waitFor('a request that should not come', (seen) => seen.gitlab().length > 0, WATCHED_MS);
  });
}

async function makeWrong({ world, axes }: Stage): Promise<void> {
  await world.gitlab.serveWrongCertificate(certificateOf(axes));
  world.mark(WRONG, "GitLab's certificate is another for new connections");
}

async function becomesWrong(stage: Stage): Promise<void> {
  const { world } = stage;
  await whilePolling(stage, behindProxy(stage), async () => {
    const answered = await world.waitFor(
      'an answer to a job request',
      (seen) => seen.gitlab('job').find(isSuccess),
      START_LIMIT_MS,
    );
    if (!answered) return;
    await makeWrong(stage);
    await world.waitFor('a request that should not come', (seen) => sentByWrong(seen).length > 0, WATCHED_MS);
  });
}

async function becomesWrongInJob(stage: Stage): Promise<void> {
  const { world } = stage;
  const gate = gateAt(world, AT_GATE);
  world.gitlab.queue({ script: [gate.line, `echo proxyproof | tee ${ARTIFACT}`], artifacts: [ARTIFACT] });
  await whilePolling(stage, behindProxy(stage), async () => {
    if (!(await gate.reached())) return;
    await makeWrong(stage);
    await world.proxy.restart();
    await gate.open();
    await world.watch(WATCHED_MS, 'what is sent of the job');
  });
}

/** GitLab's connections for which its certificate was wrong. */
function wrongConnections(evidence: Evidence): EventOf<'connection'>[] {
  const { seq: since = 0 } = evidence.mark(WRONG) ?? {};
  return evidence.of('connection').filter(({ peer, seq }) => peer === 'gitlab' && seq > since);
}

/** The requests that came by these. One that is opened before may bring its own later. */
function sentByWrong(evidence: Evidence): Exchange[] {
  const opened = new Set(wrongConnections(evidence).map(({ connection }) => connection));
  return evidence.gitlab().filter(({ connection }) => opened.has(connection));
}

function sendsNothing(evidence: Evidence, wrong: string): Finding {
  const sent = sentByWrong(evidence);
  const [first] = sent;
  const connections = wrongConnections(evidence);
  const seen = first
    ? `${counted(sent.length, 'requests')} came, the first: ${first.method} ${first.target}`
    : `none came by ${counted(connections.length, 'connections')}`;
  return check(
    first === undefined && connections.length > 0,
    `no request is sent to a GitLab whose certificate ${wrong}`,
    seen,
    ...(first ? sent.slice(0, 3) : connections.slice(0, 3)),
  );
}
