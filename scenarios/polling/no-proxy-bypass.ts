import {
  type Axis,
  type AxisValues,
  behindProxy,
  check,
  counted,
  type Evidence,
  endsAs,
  type Finding,
  headerOf,
  isOfJob,
  isTls,
  jobsEnd,
  jobTaken,
  makeRequest,
  nothingDirect,
  type OwnRequest,
  originForm,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  type RequestKind,
  type RunnerConfig,
  requestAbilities,
  requestJobs,
  type Stage,
  scenario,
  schemeAxis,
  shortJob,
  throughProxy,
  whilePolling,
} from '../../harness/kit/index.ts';
import { spellingAxis, spellingOf } from './_no-proxy.ts';

/** What is asked for: a job with all its requests, those of its helper, or a command's. */
const REQUEST = {
  values: ['job', 'upload', 'register', 'verify', 'unregister'],
  default: 'job',
} as const satisfies Axis;
type Request = (typeof REQUEST)['values'][number];

const requestOf = ({ request }: AxisValues): Request => REQUEST.values.find((each) => each === request) ?? 'job';
/** Whether a job runs, which makes requests of several kinds. */
const isByJob = (request: Request): boolean => request === 'job' || isOfJob(request);

/** The kinds of request that a case is about, and how a report calls them. */
function askedFor(axes: AxisValues): { kinds: readonly RequestKind[]; name: string } {
  const request = requestOf(axes);
  if (!isByJob(request)) return { kinds: [request], name: `${request} requests` };
  const kinds = ['job', 'trace', 'update'] as const;
  if (request === 'job') return { kinds, name: 'job, trace and update requests' };
  return { kinds: [...kinds, request], name: `requests of the job and its ${request}` };
}

/** The spellings that are tried with other requests as well, and those with an https GitLab. */
const WITH_OTHERS: ReadonlySet<string> = new Set(['exact', 'partial-name']);
const WITH_HTTPS: ReadonlySet<string> = new Set([...WITH_OTHERS, 'exact-with-port', 'default-port', 'other-port']);

export default scenario({
  id: 'polling/no-proxy-bypass',
  asks: 'Does it go direct to a GitLab that NO_PROXY names, and only then?',
  explains:
    "In this world GitLab can be reached directly as well as through the proxy. The runner's process has the proxy variables and NO_PROXY, spelled in one of the ways that Go's clients and the page document: the host, the host with its port (with default-port the URL names none, and so 80 or 443), a suffix that begins with a dot, a star, one of a list, with spaces around it, in capital letters, in an upper-case and a lower-case variable. It runs a job; each of its requests must reach GitLab directly, and the proxy must see none. The values other-host, other-port and partial-name do not name GitLab (lab.test is not the end of gitlab.test at a dot), and with lower-case-differs no_proxy alone does, while NO_PROXY, which Go's clients take first, does not: with them all must go through the proxy. GitLab must not be sent the proxy's credentials. The axis request has other requests than those of a job: the upload of an artifact, and those of commands.",
  axes: { spelling: spellingAxis, request: REQUEST, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => {
    const { spelling = '', proxy } = axes;
    if (requestOf(axes) !== 'job') return proxy === 'basic' && !isTls(axes) && WITH_OTHERS.has(spelling);
    if (isTls(axes)) return proxy === 'basic' && WITH_HTTPS.has(spelling);
    // Where the proxy is to be left out, which one it is makes no difference.
    return proxy === 'basic' || WITH_OTHERS.has(spelling);
  },
  needs: ({ axes }) => proxyNeeds(axes, 'namespace'),
  abilities: ({ axes }) => [
    ...requestAbilities(requestOf(axes)),
    ...(isByJob(requestOf(axes)) ? (['script'] as const) : []),
    ...(isTls(axes) ? (['custom-ca'] as const) : []),
  ],
  world: ({ axes }) => ({
    gitlab: {
      tls: isTls(axes),
      defaultPort: spellingOf(axes['spelling']).defaultPort ?? false,
      jobs: requestOf(axes) === 'job' ? [shortJob] : requestJobs(requestOf(axes)),
    },
    proxy: proxyOf(axes),
    direct: 'gitlab',
  }),
  allows: ({ axes }) =>
    spellingOf(axes['spelling']).matches ? { direct: [{ what: /^gitlab /, why: 'NO_PROXY names GitLab' }] } : {},
  act: (stage) => runWith(stage, withNoProxy(stage, stage.axes['spelling'])),
  judge: (evidence, { axes }) => {
    const { kinds, name } = askedFor(axes);
    const untaken = isByJob(requestOf(axes)) ? jobTaken(evidence) : undefined;
    const end = isByJob(requestOf(axes)) ? [endsAs(evidence, 'success')] : [];
    if (!spellingOf(axes['spelling']).matches) {
      if (untaken) return [untaken, nothingDirect(evidence)];
      return [...end, ...throughProxy(evidence, kinds, name)];
    }
    return [...(untaken ? [untaken] : end), ...goesDirect(evidence, kinds)];
  },
  mutants: [
    'never-uses-proxy',
    'proxies-only-job-requests',
    'ignores-no-proxy',
    'ignores-no-proxy-for-https',
    'sends-credentials-to-hosts-of-no-proxy',
    'over-matches-no-proxy',
    'matches-no-proxy-exactly-only',
    'knows-no-default-ports',
    'prefers-lower-case-variables',
    'ignores-lower-case-variables',
    'splits-no-proxy-at-commas-only',
    'matches-no-proxy-by-letter-case',
  ],
  control: {
    without: 'the entry in NO_PROXY (where the entry must not match: one that does)',
    act: (stage) => {
      const named = spellingOf(stage.axes['spelling']).matches;
      return runWith(stage, named ? behindProxy(stage) : withNoProxy(stage, 'exact'));
    },
  },
});

const runWith = (stage: Stage, config: RunnerConfig): Promise<void> =>
  isByJob(requestOf(stage.axes))
    ? whilePolling(stage, config, () => jobsEnd(stage))
    : makeRequest(stage, requestOf(stage.axes) as OwnRequest, config);

function withNoProxy(stage: Stage, name: string | undefined): RunnerConfig {
  const { hostname, port, protocol } = new URL(stage.world.gitlabUrl);
  const spelling = spellingOf(name);
  const value = spelling.value(hostname, port || (protocol === 'https:' ? '443' : '80'));
  const config = behindProxy(stage, { variable: spelling.variable ?? 'NO_PROXY', value });
  return spelling.lowerCase ? { ...config, env: { ...config.env, no_proxy: spelling.lowerCase(hostname) } } : config;
}

/** Only the runner's own requests: git, where a runner starts it though it is not asked to, reads NO_PROXY differently. */
function goesDirect(evidence: Evidence, kinds: readonly RequestKind[]): Finding[] {
  const arrived = evidence.gitlab(...kinds);
  const others = arrived.filter(({ via }) => via !== 'direct');
  const shown = arrived.filter(({ headers }) => headerOf(headers, 'Proxy-Authorization') !== undefined);
  const asked = evidence
    .proxy()
    .filter(({ method, target }) => method === 'CONNECT' || originForm(target).startsWith('/api/'));
  const tripwire = evidence.tripwire();
  return [
    check(
      arrived.length > 0 && others.length === 0,
      'requests reach GitLab, and directly',
      arrived.length === 0
        ? 'no request reached GitLab'
        : `${arrived.length - others.length} of ${counted(arrived.length, 'requests')} reached GitLab directly`,
      ...(others.length > 0 ? others : arrived).slice(0, 3),
    ),
    check(
      asked.length === 0,
      'the proxy is not asked for anything',
      asked.length === 0
        ? 'the proxy was not asked'
        : `the proxy was asked for ${counted(asked.length, 'requests')}, the first: ${asked[0]?.method} ${asked[0]?.target}`,
      ...asked.slice(0, 3),
    ),
    check(
      shown.length === 0,
      'GitLab is not sent the credentials of a proxy that is not asked',
      shown.length === 0
        ? 'no request had Proxy-Authorization'
        : `${counted(shown.length, 'requests')} had Proxy-Authorization, the first: ${shown[0]?.method} ${shown[0]?.target}`,
      ...shown.slice(0, 3),
    ),
    check(
      tripwire.length === 0,
      'nothing goes anywhere else',
      tripwire[0] ? `a connection went to ${tripwire[0].to}` : 'nothing went anywhere else',
      ...tripwire,
    ),
  ];
}
