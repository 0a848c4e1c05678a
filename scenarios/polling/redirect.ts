import {
  type AxisValues,
  blocked,
  counted,
  type Evidence,
  type Exchange,
  endsAs,
  type Finding,
  isOfJob,
  isSuccess,
  issueRequest,
  isTls,
  jobsEnd,
  jobTaken,
  nothingDirect,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  type RunnerRequest,
  requestAbilities,
  requestJobs,
  START_LIMIT_MS,
  type Stage,
  scenario,
  schemeAxis,
  shortJob,
  throughProxy,
} from '../../harness/kit/index.ts';
import { configOf, directlyOf, isDirect, isMoved, isOverTls, isPlain, STORAGE } from './_redirect-storage.ts';
import { hasTunnelOfItsOwn, isAuthorizedNowhere, isFollowed } from './_redirected.ts';

/** Which request is redirected: a download to object storage on another host, every other one to another path of GitLab's. */
const REQUEST = {
  values: ['job', 'trace', 'update', 'register', 'verify', 'upload', 'download', 'unregister'],
  default: 'job',
} as const;
type Redirected = (typeof REQUEST)['values'][number] & RunnerRequest;
const requestOf = ({ request }: AxisValues): Redirected => REQUEST.values.find((each) => each === request) ?? 'job';

/** Those that keep method and body (RFC 9110 sections 15.4.8 and 15.4.9); then 302, with which GitLab redirects a download, and others. */
const STATUS = { values: ['307', '308', '302', '301', '303'], default: '307' } as const;
const statusOf = ({ status }: AxisValues) =>
  ([301, 303, 307, 308] as const).find((each) => String(each) === status) ?? 302;
const isDownload = (axes: AxisValues): boolean => requestOf(axes) === 'download';

/** What the target of a redirect has in its query, so that it is told from what it was before. */
const MOVED = 'moved=1';

const PATHS = { job: '/jobs/request', register: '/runners', verify: '/runners/verify' } as const;

export default scenario({
  id: 'polling/redirect',
  asks: 'Does it follow an answer that redirects through the proxy, and without credentials for others?',
  explains:
    "GitLab answers the first request of a kind with a redirect. The download of an artifact is redirected to object storage on another host, every other request to the same host with another query (of an unregistration by a Location that is no more than the query): 307 and 308 keep method and body, and a download is followed by whichever of 301, 302, 303, 307 and 308 comes. By https each of two hosts is asked by a tunnel to it. The target must be asked through the proxy, with the same method and the same body, its answer must be used, and nothing may go around the proxy. Object storage must not be shown GitLab's tokens, and nobody but the proxy its credentials. With storage=moves it redirects in its turn, to another path of its own and by a relative Location, which must be taken for one of object storage's; it gets no token there either. With storage=in-no-proxy and storage=by-proxy-alone both hosts can be reached directly as well, and NO_PROXY names the storage, or GitLab alone: each of the two must be asked as NO_PROXY says of it, whoever redirects. With storage=over-tls an http GitLab redirects to https, and of the two variables HTTP_PROXY alone is set: the storage must be asked directly. A runner's helper follows the redirect of an upload by a rule of its own: only its host counts.",
  axes: { request: REQUEST, status: STATUS, storage: STORAGE, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => {
    const { status, proxy } = axes;
    if (!isPlain(axes)) return isDownload(axes) && status === '302' && proxy === 'basic' && !isTls(axes);
    if (isDownload(axes)) {
      return status === '302' ? proxy === 'basic' || !isTls(axes) : proxy === 'basic' && !isTls(axes);
    }
    if (status !== '307' && status !== '308') return false;
    if (requestOf(axes) === 'job') return true;
    return status === '307' && proxy === 'basic' && (!isTls(axes) || requestOf(axes) === 'trace');
  },
  needs: ({ axes }) => proxyNeeds(axes, ...(directlyOf(axes) ? (['namespace'] as const) : [])),
  abilities: ({ axes }) => [
    ...requestAbilities(requestOf(axes)),
    ...(isByJob(requestOf(axes)) ? (['script'] as const) : []),
    ...(isDownload(axes) ? (['direct-download'] as const) : []),
    ...(isTls(axes) || isOverTls(axes) ? (['custom-ca'] as const) : []),
  ],
  world: ({ axes }) => ({
    gitlab: {
      tls: isTls(axes),
      ...(isDownload(axes)
        ? {
            directDownload: true,
            directDownloadStatus: statusOf(axes),
            storageMoves: isMoved(axes),
            storageTls: isTls(axes) || isOverTls(axes),
          }
        : {}),
    },
    proxy: proxyOf(axes),
    ...(directlyOf(axes) ? { direct: 'gitlab' } : {}),
  }),
  allows: ({ axes }) => {
    const { what, since } = directlyOf(axes) ?? {};
    return what ? { direct: [{ what, why: since }] } : {};
  },
  act: (stage) => redirectedOnce(stage, true),
  judge: (evidence, { axes }) => {
    const kind = requestOf(axes);
    const untaken = isByJob(kind) ? jobTaken(evidence) : undefined;
    const redirected = evidence.gitlab(kind).find(({ status }) => String(status) === axes['status']);
    if (!redirected) {
      const seen = `${counted(evidence.gitlab(kind).length, 'requests')} of the kind ${kind} reached GitLab, and none was redirected`;
      return [
        untaken ?? blocked('GitLab redirects a request', seen),
        ...(directlyOf(axes) ? [] : [nothingDirect(evidence)]),
      ];
    }
    const next = followUp(evidence, axes, redirected);
    return [
      isFollowed(kind, redirected, next),
      ...(next ? [isAuthorizedNowhere(next)] : []),
      ...(isByJob(kind) ? [endsAs(evidence, 'success')] : []),
      ...(next && isDownload(axes) && isTls(axes) ? [hasTunnelOfItsOwn(evidence, next)] : []),
      ...goesItsWay(evidence, axes),
    ];
  },
  mutants: [
    'sends-credentials-to-origin',
    'proxies-only-job-requests',
    'sends-credentials-once',
    'asks-target-of-redirect-directly',
    'keeps-way-of-first-url',
    'sends-tokens-to-target-of-redirect',
    'sends-tokens-at-second-redirect',
    'resolves-redirects-by-first-url',
    'redirects-as-get',
    'redirects-without-body',
    'authorizes-at-target-of-redirect',
    'follows-302-alone',
    'follows-unregister-as-get',
    'shares-tunnels',
  ],
  control: { without: 'the redirect', act: (stage) => redirectedOnce(stage, false) },
});

const isByJob = (kind: RunnerRequest): boolean => kind === 'job' || isOfJob(kind);

async function redirectedOnce(stage: Stage, redirects: boolean): Promise<void> {
  const { world, axes } = stage;
  const kind = requestOf(axes);
  const jobs = kind === 'job' ? [shortJob] : requestJobs(kind);
  const [job] = jobs.map((each) => world.gitlab.queue(each));
  if (redirects && !isDownload(axes)) {
    const location = `${baseOf(world.gitlabUrl, kind, job?.id)}?${MOVED}`;
    const give = { status: Number(axes['status']), headers: [['Location', location]] } as const;
    world.gitlab.follow([{ on: kind, times: 1, give }]);
  }
  await issueRequest(stage, kind, configOf(stage), async () => {
    if (isByJob(kind)) return jobsEnd(stage);
    await world.waitFor(
      `an answer to a ${kind} request`,
      (seen) => seen.tripwire()[0] || seen.gitlab(kind).some(isSuccess),
      START_LIMIT_MS,
    );
  });
}

/** The URL of a request without its query; nothing where its path depends on the version. */
function baseOf(gitlabUrl: string, kind: RunnerRequest, job: number | undefined): string {
  if (kind === 'unregister') return '';
  const path = kind in PATHS ? PATHS[kind as keyof typeof PATHS] : `/jobs/${job}${SUFFIX[kind as keyof typeof SUFFIX]}`;
  return `${gitlabUrl}/api/v4${path}`;
}

/** That all of it goes by the proxy, but for what has none; the invariant sees to what else goes around it. */
function goesItsWay(evidence: Evidence, axes: AxisValues): Finding[] {
  const kind = requestOf(axes);
  const apart = directlyOf(axes);
  if (!apart) {
    return throughProxy(
      evidence,
      [kind, ...(isDownload(axes) ? (['object-storage'] as const) : [])],
      `${kind} requests`,
    );
  }
  return [
    ...throughProxy(evidence, [apart.byProxy], `${apart.byProxy} requests`).slice(0, 2),
    isDirect(evidence, apart),
  ];
}

const SUFFIX = { trace: '/trace', update: '', upload: '/artifacts' } as const;

/** The first request to the target of a redirect; of two redirects, to that of the second. */
function followUp(evidence: Evidence, axes: AxisValues, redirected: Exchange): Exchange | undefined {
  const kind = requestOf(axes);
  const [seq = 0] = redirected.evidence;
  const later = evidence.gitlab().filter((each) => (each.evidence[0] ?? 0) > seq);
  if (kind === 'download') {
    const asked = later.filter(({ requestKind }) => requestKind === 'object-storage');
    return isMoved(axes) ? asked.find(({ target }) => target.includes('/moved/')) : asked[0];
  }
  // The helper takes the host of the target and no more.
  if (kind === 'upload') return later.find(({ requestKind }) => requestKind === 'upload');
  return later.find(({ target }) => target.includes(MOVED));
}
