import {
  type AxisValues,
  blocked,
  caAbilities,
  caAxis,
  caPlaceOf,
  chainAxis,
  check,
  counted,
  type Evidence,
  type Exchange,
  endsAs,
  type Finding,
  interceptorAxis,
  interceptorCa,
  interceptorNeeds,
  interceptorOf,
  isAfter,
  isSuccess,
  jobTaken,
  makeRequest,
  type PlacedCa,
  POLL_INTERVAL_MS,
  placeCa,
  requestAbilities,
  START_LIMIT_MS,
  type Stage,
  scenario,
  shortJob,
  throughProxy,
  tunnelsAre,
  tunnelsAreOpened,
  type WorldSpec,
  whilePolling,
  withoutCa,
  withTlsCause,
} from '../../harness/kit/index.ts';

/** What the runner does behind the interceptor; `renewed`: it polls on while the interceptor gets another CA. */
const OF = { values: ['polling', 'register', 'verify', 'job', 'renewed'], default: 'polling' } as const;
type Of = (typeof OF)['values'][number];
const ofOf = (axes: AxisValues): Of => OF.values.find((each) => each === axes['of']) ?? 'polling';
const isRenewed = (axes: AxisValues): boolean => ofOf(axes) === 'renewed';

/** The request that is looked at. */
const REQUEST = { polling: 'job', register: 'register', verify: 'verify', job: 'update', renewed: 'job' } as const;
const requestOf = (axes: AxisValues) => REQUEST[ofOf(axes)];

/** Which tunnels are opened: GitLab's too, or those to other hosts alone. */
const OPENS = { values: ['everything', 'all-but-gitlab'], default: 'everything' } as const;
const isGitlabOpened = (axes: AxisValues): boolean => axes['opens'] !== 'all-but-gitlab';

/** From here on the interceptor signs with another CA, and from there on the runner's file has it. */
const RENEWED = 'another-ca';
const WRITTEN = 'the-file-has-it';
/** How long a runner is watched that does not know the CA, in milliseconds: a few of its polls. */
const WATCHED_MS = 3 * POLL_INTERVAL_MS;

const world = (axes: AxisValues): WorldSpec => ({
  gitlab: { tls: true, jobs: ofOf(axes) === 'job' ? [shortJob] : [] },
  proxy: interceptorOf(axes, isGitlabOpened(axes) ? 'everything' : 'all-but-gitlab'),
});

export default scenario({
  id: 'tls/runner',
  asks: 'Does the runner work behind a proxy that opens TLS, when it is given the CA of that proxy?',
  explains:
    "The proxy opens the TLS of each tunnel with a CA of its own, and verifies GitLab itself. The runner is given that CA in tls-ca-file, in certs/HOST.crt beside its config.toml, or in the machine's store, registers, verifies itself, polls, or runs a job, and its requests must arrive. With of=renewed the proxy gets another CA while the runner polls, and all connections are cut: the runner must send nothing until its file has the new CA, and poll on then without a restart. With opens=all-but-gitlab the proxy leaves GitLab's own tunnels as they are: the runner has the proxy's CA in tls-ca-file, the machine's store has GitLab's, and both must count. The opposite, that nothing is sent to whoever is not known, is polling/wrong-certificate.",
  axes: { of: OF, ca: caAxis, opens: OPENS, chain: chainAxis, interceptor: interceptorAxis },
  where: (axes) => {
    const differing = Object.keys(axes).filter((name) => name !== 'of' && axes[name] !== DEFAULTS[name]);
    if (ofOf(axes) === 'polling') return differing.length <= 1;
    return differing.length === 0 || (differing.length === 1 && caPlaceOf(axes) === 'certs-dir');
  },
  needs: ({ axes }) => interceptorNeeds(axes),
  abilities: ({ axes }) => [
    ...caAbilities(axes),
    ...requestAbilities(requestOf(axes)),
    ...(isRenewed(axes) ? (['check-interval'] as const) : []),
  ],
  waits: ({ axes }) => (isRenewed(axes) ? WATCHED_MS : 0),
  world: ({ axes }) => world(axes),
  act: async (stage) => {
    // Where GitLab's own tunnels are not opened, the store has its CA.
    const store = isGitlabOpened(stage.axes) ? undefined : stage.world.gitlab.caPem;
    const placed = await placeCa(stage, caPlaceOf(stage.axes), interceptorCa(stage), store);
    if (isRenewed(stage.axes)) return renew(stage, placed);
    return makeRequest(stage, requestOf(stage.axes), placed.config);
  },
  judge: (evidence, { axes }) => withTlsCause(evidence, findingsOf(evidence, axes)),
  mutants: [
    'never-uses-proxy',
    'proxies-only-http',
    'proxies-only-job-requests',
    'never-sends-credentials',
    'sends-credentials-once',
    'tunnels-to-default-port',
    'stops-polling-after-proxy-down',
    'takes-any-certificate',
    'takes-any-certificate-after-failure',
    'verifies-first-certificate-only',
    'asks-before-verifying',
    'reads-ca-once',
    'wants-port-in-name-of-certificate',
    'ca-replaces-store',
  ],
  control: {
    without: 'the CA',
    act: (stage) => makeRequest(stage, requestOf(stage.axes), withoutCa(stage)),
  },
});

const DEFAULTS: AxisValues = {
  ca: caAxis.default,
  opens: OPENS.default,
  chain: chainAxis.default,
  interceptor: interceptorAxis.default,
};

async function renew(stage: Stage, { config, write }: PlacedCa): Promise<void> {
  const { world } = stage;
  const isAnswered = (seen: Evidence, since?: string): boolean =>
    pollsSince(seen, since).some((each) => isSuccess(each));
  await whilePolling(stage, config, async () => {
    if (!(await world.waitFor('an answer to a job request', (seen) => isAnswered(seen), START_LIMIT_MS))) return;
    await world.proxy.interceptor?.renew();
    await world.proxy.restart();
    world.mark(RENEWED, 'the proxy signs with another CA, and every connection has been cut');
    await world.waitFor('a request that should not come', (seen) => pollsSince(seen, RENEWED).length > 0, WATCHED_MS);
    await write(interceptorCa(stage));
    world.mark(WRITTEN, "the runner's file has the new CA");
    await world.waitFor('an answer to a job request', (seen) => isAnswered(seen, WRITTEN), START_LIMIT_MS);
  });
}

/** Requests for jobs that reached GitLab after a mark. */
const pollsSince = (evidence: Evidence, mark?: string): readonly Exchange[] => {
  if (mark === undefined) return evidence.gitlab('job');
  const since = evidence.mark(mark);
  return since ? evidence.gitlab('job').filter((each) => isAfter(each, since)) : [];
};

function findingsOf(evidence: Evidence, axes: AxisValues): readonly Finding[] {
  const host = /^gitlab\.test$/;
  const opened = isGitlabOpened(axes) ? tunnelsAreOpened(evidence, axes, host) : [tunnelsAre(evidence, false, host)];
  if (ofOf(axes) === 'job') {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken];
    return [...throughProxy(evidence, ['job', 'trace', 'update'], 'requests'), ...opened, endsAs(evidence, 'success')];
  }
  const kind = requestOf(axes);
  const arrive = [...throughProxy(evidence, [kind], `${kind} requests`), ...opened];
  return isRenewed(axes) ? [...arrive, ...takesRenewedCa(evidence)] : arrive;
}

function takesRenewedCa(evidence: Evidence): readonly Finding[] {
  const [renewed, written] = [evidence.mark(RENEWED), evidence.mark(WRITTEN)];
  if (!renewed || !written) return [blocked('the runner polls with the CA that it was given', 'it did not', renewed)];
  const early = pollsSince(evidence, RENEWED).filter((each) => !isAfter(each, written));
  const later = pollsSince(evidence, WRITTEN);
  return [
    check(
      early.length === 0,
      'nothing is sent to whoever shows a certificate of a CA that the file does not have',
      `${counted(early.length, 'job requests')} came before the file had it`,
      renewed,
      ...early.slice(0, 3),
    ),
    check(
      later.length > 0,
      'once its file has the new CA the runner polls on, without a restart',
      `${counted(later.length, 'job requests')} came`,
      written,
      ...later.slice(0, 3),
    ),
  ];
}
