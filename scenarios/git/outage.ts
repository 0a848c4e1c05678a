import {
  type AxisValues,
  answersWith,
  CLONE_MUTANTS,
  check,
  counted,
  type Evidence,
  type Exchange,
  endsAs,
  type Fault,
  type Finding,
  failJobProxy,
  GIT_PROJECT,
  gitAbilities,
  gitConfig,
  gitNeeds,
  gitWorld,
  isDuring,
  isTls,
  type JobSpec,
  jobEnvironment,
  jobOutageMet,
  jobsEnd,
  jobTaken,
  nothingDirect,
  outageOf,
  pageSources,
  type Stage,
  scenario,
  schemeAxis,
  whilePolling,
} from '../../harness/kit/index.ts';

const MODULE = 'group/module';
const CONTENT = 'proxyproof-outage-content';
/** What there is to clone; does not compress. */
const CONTENT_BYTES = 256 * 1024;
/** How much of it passes before the proxy cuts it. */
const CUT_AT_BYTE = 32 * 1024;

/** What the proxy does to git. @param line what is in the first line of the requests that it answers itself */
const OUTAGES = {
  'answers-502': (line) => answersWith(502, line),
  'answers-429': (line) => answersWith(429, line),
  'answers-407': (line) => answersWith(407, line),
  'answers-403': (line) => answersWith(403, line),
  'answers-503': (line) => answersWith(503, line),
  refuses: () => ({ fault: 'refuse' }),
  resets: () => ({ fault: 'reset', when: 'on-request' }),
  cuts: () => ({ fault: 'reset', when: { atByte: CUT_AT_BYTE, direction: 'down' } }),
} as const satisfies Readonly<Record<string, (line?: string) => Fault>>;
type OutageName = keyof typeof OUTAGES;
const OUTAGE_NAMES = Object.keys(OUTAGES) as OutageName[];

/** What is under way when the proxy fails. */
interface Transfer {
  /** What is in the first line of its requests, and of no others; nothing where all of git's are to fail. */
  readonly line?: string;
}
const TRANSFERS = {
  clone: {},
  fetch: {},
  submodule: { line: `/${MODULE}.git/` },
  lfs: { line: `/${GIT_PROJECT}.git/info/lfs/` },
} as const satisfies Readonly<Record<string, Transfer>>;
type TransferName = keyof typeof TRANSFERS;
const TRANSFER_NAMES = Object.keys(TRANSFERS) as TransferName[];

const transferOf = (axes: AxisValues): TransferName => TRANSFER_NAMES.find((each) => each === axes['at']) ?? 'clone';
const outageNameOf = (axes: AxisValues): OutageName =>
  OUTAGE_NAMES.find((each) => each === axes['outage']) ?? 'answers-502';
const fetches = (axes: AxisValues): boolean => transferOf(axes) === 'fetch';

/**
 * An older runner leaves it to the job to have its token at hand for another repository of GitLab's. The rule of the job before, whose
 * token is no good any more, goes first: git takes the first of two that fit, and a newer runner has one of its own.
 */
const TOKEN_FOR_ALL = [
  'for old in $(git config --global --name-only --get-regexp \'^url[.].*[.]insteadof\'); do git config --global --unset-all "$old"; done',
  `git config --global url."\${CI_SERVER_URL%%://*}://gitlab-ci-token:$CI_JOB_TOKEN@\${CI_SERVER_URL#*://}/".insteadOf "$CI_SERVER_URL/"`,
].join('; ');

export default scenario({
  id: 'git/outage',
  asks: "When the proxy fails a job's clone, fetch, submodule or LFS transfer, does git stay behind it?",
  explains: `The runner's own requests go by one proxy, which is well; its jobs are given another, by hook and environment as on the page. That one fails while a job gets its sources (at=clone), fetches into the checkout of a job before (at=fetch), gets a submodule, or an object of Git LFS: it answers with 502, 429, 407, 403 or 503, refuses connections, resets them at a request, or cuts an answer after ${CUT_AT_BYTE / 1024} KiB. The job may try again as often as it likes (GET_SOURCES_ATTEMPTS is 2), but nothing may bypass the proxy, and the job must be reported as failed. Its script would succeed without what is missing, so that a runner is seen that runs it all the same. Then the proxy is well again, and the next job, whose script looks into the file of the submodule or of Git LFS, must get its sources through it.`,
  axes: {
    at: { values: TRANSFER_NAMES, default: 'clone' },
    outage: { values: OUTAGE_NAMES },
    scheme: schemeAxis,
  },
  // By https the proxy sees tunnels, and cannot tell what they are for.
  where: (axes) => {
    const [at, outage] = [transferOf(axes), outageNameOf(axes)];
    if (at === 'clone') return !isTls(axes) || outage === 'answers-502' || outage === 'resets';
    return !isTls(axes) && (outage === 'answers-502' || (at === 'fetch' && outage === 'refuses'));
  },
  needs: (context) => gitNeeds(context, ...(transferOf(context.axes) === 'lfs' ? (['git-lfs'] as const) : [])),
  abilities: (context) => {
    const at = transferOf(context.axes);
    const also = at === 'submodule' ? (['submodules'] as const) : at === 'lfs' ? (['lfs'] as const) : [];
    return gitAbilities(context, 'get-sources-hook', 'environment', ...also);
  },
  work: 3000,
  world: ({ axes }) => world(axes),
  act: (stage) => failAndRecover(stage, OUTAGES[outageNameOf(stage.axes)]),
  judge: (evidence, { axes }) => {
    const needed = jobTaken(evidence) ?? jobOutageMet(evidence, 'git');
    if (needed) return [needed, nothingDirect(evidence)];
    const failing = fetches(axes) ? 1 : 0;
    return [
      nothingDirect(evidence),
      ...arrives(evidence, axes),
      endsAs(evidence, 'failed', failing),
      endsAs(evidence, 'success', failing + 1),
    ];
  },
  mutants: [
    ...CLONE_MUTANTS,
    'proxies-only-http',
    'reports-success-for-failed-job',
    'git-retries-without-proxy',
    'limited-git-goes-direct',
    'submodules-retry-without-proxy',
    'lfs-retries-without-proxy',
    'submodules-fail-quietly',
    'lfs-fails-quietly',
  ],
  control: { without: 'the outage', act: (stage) => failAndRecover(stage, undefined) },
});

function world(axes: AxisValues) {
  const at = transferOf(axes);
  const { gitlab, ...rest } = gitWorld(axes, {
    project: {
      bytes: CONTENT_BYTES,
      ...(at === 'submodule' ? { submodules: { module: { repository: MODULE, url: 'relative' } } } : {}),
      ...(at === 'lfs' ? { lfs: { 'large.txt': `${CONTENT}\n` } } : {}),
    },
    others: at === 'submodule' ? [{ path: MODULE, files: { 'content.txt': `${CONTENT}\n` } }] : [],
  });
  return { ...rest, gitlab: { ...gitlab, jobs: [] }, standby: { kind: 'basic' as const } };
}

/** @param looks whether its script looks at what was got; otherwise it succeeds whenever it is run at all */
function jobOf(axes: AxisValues, looks: boolean): JobSpec {
  const at = transferOf(axes);
  return {
    repository: GIT_PROJECT,
    variables: { GIT_STRATEGY: fetches(axes) ? 'fetch' : 'clone', GET_SOURCES_ATTEMPTS: '2' },
    allowGitFetch: fetches(axes),
    ...(at === 'submodule' ? { submodules: 'normal' as const } : {}),
    script: [
      looks && at === 'submodule'
        ? `grep ${CONTENT} module/content.txt`
        : looks && at === 'lfs'
          ? `grep ${CONTENT} large.txt`
          : 'git rev-parse HEAD',
    ],
  };
}

/** Runs a job whose transfer fails, and one afterwards, for which nothing is wrong. */
async function failAndRecover(stage: Stage, fault: ((line?: string) => Fault) | undefined): Promise<void> {
  const { world, axes } = stage;
  const transfer: Transfer = TRANSFERS[transferOf(axes)];
  let jobs = 0;
  const runJob = (looks: boolean): Promise<void> => {
    world.gitlab.queue(jobOf(axes, looks));
    jobs += 1;
    return jobsEnd(stage, jobs);
  };
  const { getSourcesHook } = pageSources(stage);
  const hook = transferOf(axes) === 'submodule' ? `${getSourcesHook}; ${TOKEN_FOR_ALL}` : getSourcesHook;
  const config = gitConfig(stage, {
    environment: jobEnvironment(world.standby.url),
    ...(hook === undefined ? {} : { getSourcesHook: hook }),
  });
  await whilePolling(stage, config, async () => {
    if (fetches(axes)) await runJob(true);
    const end = fault && failJobProxy(world, fault(transfer.line));
    await runJob(false);
    end?.();
    await runJob(true);
  });
}

/** That GitLab got nothing of the transfer meanwhile: neither directly nor by another proxy, such as the runner's own. */
function arrives(evidence: Evidence, axes: AxisValues): Finding[] {
  const outage = outageOf(evidence);
  if (!outage || outageNameOf(axes) === 'cuts') return [];
  const arrived = transferred(evidence, axes).filter((each) => isDuring(each, outage));
  return [
    check(
      arrived.length === 0,
      'nothing of the transfer reaches GitLab while its proxy fails',
      arrived.length === 0 ? 'nothing did' : `${counted(arrived.length, 'requests')} did`,
      ...arrived.slice(0, 3),
    ),
  ];
}

function transferred(evidence: Evidence, axes: AxisValues): readonly Exchange[] {
  const at = transferOf(axes);
  if (at === 'lfs') return evidence.gitlab('lfs');
  return evidence.gitlab('git').filter(({ target }) => at !== 'submodule' || target.includes(`/${MODULE}.git/`));
}
