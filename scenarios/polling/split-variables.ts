import {
  type AxisValues,
  check,
  configFor,
  counted,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  type Exchange,
  endsAs,
  type Finding,
  GIT_PROJECT,
  type GitlabSpec,
  headerOf,
  isTls,
  jobsEnd,
  jobTaken,
  nothingDirect,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  type RequestKind,
  type RunnerConfig,
  requestJobs,
  type Stage,
  scenario,
  schemeAxis,
  throughProxy,
  whilePolling,
} from '../../harness/kit/index.ts';

/**
 * Whose requests: those that a job makes the runner send, artifacts included, git's, or the helper container's; or a download by
 * https that GitLab redirects to object storage by http.
 */
const OF = { values: ['runner', 'git', 'helper', 'both-schemes'] } as const;
const hasBoth = (axes: AxisValues): boolean => axes['of'] === 'both-schemes';
const isHelper = (axes: AxisValues): boolean => axes['of'] === 'helper';
const isGit = (axes: AxisValues): boolean => axes['of'] === 'git';
function kindsOf(axes: AxisValues): readonly RequestKind[] {
  if (hasBoth(axes)) return ['job', 'trace', 'update', 'download', 'object-storage'];
  if (isGit(axes)) return ['job', 'git'];
  return [...(isHelper(axes) ? (['download'] as const) : []), 'job', 'trace', 'update', 'upload'];
}

/** What GitLab has for a case. */
function gitlabOf(axes: AxisValues): GitlabSpec {
  const tls = isTls(axes);
  if (hasBoth(axes)) return { tls, directDownload: true, storageTls: false, jobs: requestJobs('download') };
  if (isGit(axes)) {
    return {
      tls,
      repositories: [{ path: GIT_PROJECT }],
      jobs: [{ repository: GIT_PROJECT, script: ['git rev-parse HEAD'] }],
    };
  }
  if (!isHelper(axes)) return { tls, jobs: requestJobs('upload') };
  const script = ['echo content > artifact.txt'];
  return { tls, jobs: [{ script, artifacts: ['artifact.txt'], downloads: true }] };
}

/** The first proxy is for http URLs, the second for https ones. */
const PROXIES = 'proxies';

export default scenario({
  id: 'polling/split-variables',
  asks: 'Where HTTP_PROXY and HTTPS_PROXY name different proxies, does each URL take the proxy of its scheme?',
  explains:
    'Two proxies stand between the runner and GitLab, each with credentials of its own: HTTP_PROXY names the first, HTTPS_PROXY the second, in both spellings. A job runs that uploads an artifact, or that clones (of=git). With of=helper it runs in Docker, and the helper container downloads and uploads artifacts; its variables are those of config.toml. With an http GitLab each of its requests must reach the first proxy, with an https one the second, and the other proxy must see nothing. With of=both-schemes an artifact is downloaded from an https GitLab, which redirects to object storage by http: then each proxy is asked, and must be offered its own credentials. Git takes the variables of its scheme: the hook of the page would name one proxy for both.',
  axes: { of: OF, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => {
    if (hasBoth(axes) && !isTls(axes)) return false;
    return axes['proxy'] === 'basic' || axes['of'] === 'runner';
  },
  needs: ({ axes }) =>
    proxyNeeds(axes, 'namespace', ...(isGit(axes) ? (['git'] as const) : []), ...(isHelper(axes) ? dockerNeeds() : [])),
  abilities: ({ axes }) => [
    'poll',
    ...(isGit(axes) ? (['git', 'environment'] as const) : []),
    ...(hasBoth(axes) ? (['download', 'direct-download'] as const) : []),
    ...(axes['of'] === 'runner' ? (['upload'] as const) : []),
    ...(isHelper(axes) ? (['docker', 'environment', 'download', 'upload'] as const) : []),
    ...(isTls(axes) ? (['custom-ca'] as const) : []),
  ],
  world: ({ axes }) => ({
    gitlab: gitlabOf(axes),
    proxy: proxyOf(axes),
    standby: proxyOf(axes),
    ...(isGit(axes) ? { children: true } : {}),
    ...(isHelper(axes) ? { docker: {} } : {}),
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
    'keeps-credentials-of-first-proxy',
    'docker-swaps-proxies',
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
  const config: Partial<RunnerConfig> =
    !isGit(stage.axes) && !isHelper(stage.axes)
      ? { env: variables }
      : {
          env: variables,
          environment: Object.entries(variables).map(([name, value]) => `${name}=${value.replaceAll('$', '$$$$')}`),
          ...(isHelper(stage.axes) ? { docker: dockerConfig(stage) } : {}),
        };
  return whilePolling(stage, configFor(stage, config), () => jobsEnd(stage));
}

function takesItsOwn(evidence: Evidence, axes: AxisValues): Finding[] {
  const [first, second] = [...(evidence.mark(PROXIES)?.what.matchAll(/\d+/g) ?? [])].map(([port]) => port);
  const right = ({ method }: Exchange) => ((hasBoth(axes) ? method === 'CONNECT' : isTls(axes)) ? second : first);
  const at = new Map(evidence.of('connection').map(({ connection, to }) => [connection, to.split(':').at(-1)]));
  const asked = evidence.proxy();
  const wrong = asked.filter((each) => at.get(each.connection) !== right(each));
  const [variable, other] = isTls(axes) ? ['HTTPS_PROXY', 'HTTP_PROXY'] : ['HTTP_PROXY', 'HTTPS_PROXY'];
  const reached = (port: string | undefined): boolean => asked.some(({ connection }) => at.get(connection) === port);
  const isAsked = hasBoth(axes) ? reached(first) && reached(second) : asked.length > 0;
  const seen =
    wrong.length > 0
      ? `${counted(wrong.length, 'requests')} of ${asked.length} reached that of ${other}, the first: ${wrong[0]?.method} ${wrong[0]?.target}`
      : `${hasBoth(axes) ? 'they were' : 'it was'} asked for ${counted(asked.length, 'requests')}${hasBoth(axes) ? '' : ', and the other proxy for none'}`;
  const expected = hasBoth(axes)
    ? 'the proxy of HTTPS_PROXY is asked for tunnels, that of HTTP_PROXY for the storage'
    : `the proxy of ${variable} is asked for ${isTls(axes) ? 'https' : 'http'} URLs, and no other`;
  return [check(wrong.length === 0 && isAsked, expected, seen, ...wrong.slice(0, 3)), areItsOwn(asked)];
}

function areItsOwn(asked: readonly Exchange[]): Finding {
  const offers = asked.filter(({ headers }) => headerOf(headers, 'Proxy-Authorization') !== undefined);
  const rejected = offers.filter(({ status }) => status === 407);
  return check(
    rejected.length === 0,
    'each proxy is offered its own credentials',
    rejected.length > 0
      ? `${counted(rejected.length, 'requests')} had others, the first: ${rejected[0]?.method} ${rejected[0]?.target}`
      : `${counted(offers.length, 'requests')} had credentials that were accepted`,
    ...rejected.slice(0, 3),
  );
}
