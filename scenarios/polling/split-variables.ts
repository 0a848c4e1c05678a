import {
  type AxisValues,
  check,
  configFor,
  counted,
  type Evidence,
  endsAs,
  type Finding,
  GIT_PROJECT,
  isTls,
  jobsEnd,
  jobTaken,
  nothingDirect,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  type RequestKind,
  type RunnerConfig,
  type Stage,
  scenario,
  schemeAxis,
  throughProxy,
  whilePolling,
} from '../../harness/kit/index.ts';

/** Whose requests: those that a job makes the runner send, artifacts included, or git's. */
const OF = { values: ['runner', 'git'] } as const;
const isGit = (axes: AxisValues): boolean => axes['of'] === 'git';
const kindsOf = (axes: AxisValues): readonly RequestKind[] =>
  isGit(axes) ? ['job', 'git'] : ['job', 'trace', 'update', 'upload'];

/** The first proxy is for http URLs, the second for https ones. */
const PROXIES = 'proxies';

export default scenario({
  id: 'polling/split-variables',
  asks: 'Where HTTP_PROXY and HTTPS_PROXY name different proxies, does each URL take the proxy of its scheme?',
  explains:
    'Two proxies stand between the runner and GitLab, each with credentials of its own: HTTP_PROXY names the first, HTTPS_PROXY the second, in both spellings. A job runs that uploads an artifact, or that clones. With an http GitLab each of its requests must reach the first proxy, with an https one the second, and the other proxy must see nothing. Git takes the variables of its scheme: the hook of the page would name one proxy for both.',
  axes: { of: OF, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => axes['proxy'] === 'basic' || !isGit(axes),
  needs: ({ axes }) => proxyNeeds(axes, 'namespace', ...(isGit(axes) ? (['git'] as const) : [])),
  abilities: ({ axes }) => [
    'poll',
    ...(isGit(axes) ? (['git', 'environment'] as const) : (['upload'] as const)),
    ...(isTls(axes) ? (['custom-ca'] as const) : []),
  ],
  world: ({ axes }) => ({
    gitlab: {
      tls: isTls(axes),
      ...(isGit(axes)
        ? { repositories: [{ path: GIT_PROJECT }], jobs: [{ repository: GIT_PROJECT, script: ['git rev-parse HEAD'] }] }
        : { jobs: [{ script: ['echo content > artifact.txt'], artifacts: ['artifact.txt'] }] }),
    },
    proxy: proxyOf(axes),
    standby: proxyOf(axes),
    ...(isGit(axes) ? { children: true } : {}),
  }),
  act: (stage) => runWith(stage, stage.world.proxy.url, stage.world.standby.url),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [...takesItsOwn(evidence, axes), untaken, nothingDirect(evidence)];
    return [
      ...takesItsOwn(evidence, axes),
      endsAs(evidence, 'success'),
      ...throughProxy(evidence, kindsOf(axes), isGit(axes) ? 'job and git requests' : 'requests of the job'),
    ];
  },
  mutants: [
    'proxies-only-job-requests',
    'sends-credentials-once',
    'never-uses-proxy',
    'proxies-only-http',
    'uses-http-proxy-for-https',
    'uses-https-proxy-for-http',
  ],
  control: {
    without: 'the difference: each variable names the proxy of the other',
    act: (stage) => runWith(stage, stage.world.standby.url, stage.world.proxy.url),
  },
});

function runWith(stage: Stage, http: string, https: string): Promise<void> {
  const { world } = stage;
  world.mark(PROXIES, `${world.proxy.port} is the first proxy, ${world.standby.port} the second`);
  const variables = { HTTP_PROXY: http, HTTPS_PROXY: https, http_proxy: http, https_proxy: https };
  const config: Partial<RunnerConfig> = isGit(stage.axes)
    ? {
        env: variables,
        environment: Object.entries(variables).map(([name, value]) => `${name}=${value.replaceAll('$', '$$$$')}`),
      }
    : { env: variables };
  return whilePolling(stage, configFor(stage, config), () => jobsEnd(stage));
}

function takesItsOwn(evidence: Evidence, axes: AxisValues): Finding[] {
  const [first, second] = [...(evidence.mark(PROXIES)?.what.matchAll(/\d+/g) ?? [])].map(([port]) => port);
  const right = isTls(axes) ? second : first;
  const at = new Map(evidence.of('connection').map(({ connection, to }) => [connection, to.split(':').at(-1)]));
  const asked = evidence.proxy();
  const wrong = asked.filter(({ connection }) => at.get(connection) !== right);
  const [variable, other] = isTls(axes) ? ['HTTPS_PROXY', 'HTTP_PROXY'] : ['HTTP_PROXY', 'HTTPS_PROXY'];
  const seen =
    wrong.length > 0
      ? `${counted(wrong.length, 'requests')} of ${asked.length} reached that of ${other}, the first: ${wrong[0]?.method} ${wrong[0]?.target}`
      : `it was asked for ${counted(asked.length, 'requests')}, and the other proxy for none`;
  return [
    check(
      wrong.length === 0 && asked.length > 0,
      `the proxy of ${variable} is asked for ${isTls(axes) ? 'https' : 'http'} URLs, and no other`,
      seen,
      ...wrong.slice(0, 3),
    ),
  ];
}
