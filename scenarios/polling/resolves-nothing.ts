import {
  type AxisValues,
  behindProxy,
  blocked,
  check,
  configFor,
  counted,
  type Evidence,
  endsAs,
  type Finding,
  gitlabOrigin,
  isTls,
  jobsEnd,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  scenario,
  schemeAxis,
  shortJob,
  throughProxy,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

const world = (axes: AxisValues): WorldSpec => ({
  gitlab: { tls: isTls(axes), jobs: [shortJob] },
  proxy: proxyOf(axes),
  names: 'proxies',
});

export default scenario({
  id: 'polling/resolves-nothing',
  asks: "Does the runner work where GitLab's name is known to the proxy alone?",
  explains:
    "Many a network behind a proxy has no names of the world outside: the proxy alone looks them up. Here the subject's name server knows the proxy and nothing else, and records every question. A job must run to success all the same, with every request through the proxy, and GitLab's name must never be asked for: such a question tells the network's servers of names where a runner goes, and takes its time where they do not answer. The proxy's own name is asked for, which shows that questions are seen; without any the case is blocked.",
  axes: { scheme: schemeAxis, proxy: proxyAxis },
  needs: ({ axes }) => proxyNeeds(axes, 'namespace'),
  abilities: ({ axes }) => ['poll', 'script', ...(isTls(axes) ? (['custom-ca'] as const) : [])],
  world: ({ axes }) => world(axes),
  act: (stage) => whilePolling(stage, behindProxy(stage), () => jobsEnd(stage)),
  judge: (evidence) => {
    const lookups = evidence.of('lookup');
    if (lookups.length === 0 && evidence.gitlab('job').length === 0) {
      return [blocked("the runner's lookups are seen", 'none was, and no job request arrived')];
    }
    return [
      ...throughProxy(evidence, ['job', 'trace', 'update'], 'job, trace and update requests'),
      endsAs(evidence, 'success'),
      neverAsked(evidence),
    ];
  },
  mutants: [
    'resolves-target-first',
    'looks-target-up',
    'never-uses-proxy',
    'never-sends-credentials',
    'proxies-only-http',
    'proxies-only-job-requests',
    'sends-credentials-once',
  ],
  control: {
    without: 'the proxy variables',
    act: (stage) => whilePolling(stage, configFor(stage, { env: {} }), () => jobsEnd(stage)),
  },
});

function neverAsked(evidence: Evidence): Finding {
  const lookups = evidence.of('lookup');
  const gitlab = gitlabOrigin(evidence).replace(/:\d+$/, '');
  const asked = lookups.filter(({ name }) => name.toLowerCase().replace(/\.$/, '') === gitlab);
  const seen =
    asked.length > 0
      ? `it was asked for ${counted(asked.length, 'times')}`
      : `${counted(lookups.length, 'lookups')} were seen, none of it`;
  const found = check(asked.length === 0, `the name ${gitlab} is never looked up`, seen, ...asked.slice(0, 3));
  return lookups.length === 0 ? { ...found, verdict: 'blocked' } : found;
}
