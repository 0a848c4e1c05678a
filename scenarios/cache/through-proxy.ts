import {
  type AxisValues,
  bypassed,
  check,
  configFor,
  counted,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  endsAs,
  exceptSquidTunnel,
  type Finding,
  isSuccess,
  isTls,
  type JobSpec,
  jobContainers,
  jobEnd,
  jobEnvironment,
  jobsEnd,
  jobTaken,
  makeFiles,
  nothingDirect,
  otherFiles,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  type Stage,
  saidFiles,
  sayFiles,
  scenario,
  schemeAxis,
  throughProxy,
  trustVolumes,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

const KEY = 'proxyproof';
const DIRS = ['cached', 'more'] as const;
/** What a job says before each file that it found, and that it left. */
const [FOUND, LEFT] = ['proxyproof-found', 'proxyproof-left'] as const;
const SIZE_KIB = 256;

const jobWith = (key: string): JobSpec => ({
  cache: { key, paths: DIRS.map((each) => `${each}/`) },
  script: [
    sayFiles(FOUND, ...DIRS),
    ...makeFiles(DIRS[0], SIZE_KIB * 1024),
    `mkdir -p ${DIRS[1]}; head -c 64 /dev/urandom > ${DIRS[1]}/random`,
    sayFiles(LEFT, ...DIRS),
  ],
});
/** How many jobs there are in all. */
const JOBS = 3;
/** Directories of their own: what a job finds there can have come from the bucket alone. */
const OTHER_PROJECTS = ['group/second', 'group/third'] as const;
const elsewhere = (nth: 0 | 1, key: string): JobSpec => ({
  ...jobWith(key),
  repository: OTHER_PROJECTS[nth],
  variables: { GIT_STRATEGY: 'none' },
});

const world = ({ axes }: { axes: AxisValues }): WorldSpec => ({
  docker: {},
  proxy: proxyOf(axes),
  gitlab: {
    tls: isTls(axes),
    jobs: [jobWith(KEY)],
    cache: { bucket: 'runner-cache' },
    repositories: OTHER_PROJECTS.map((path) => ({ path, files: { 'README.md': 'other' } })),
  },
});

export default scenario({
  id: 'cache/through-proxy',
  asks: 'Do caches go through the proxy, to object storage and back?',
  explains:
    "Three jobs run in Docker, one after the other, with caches that config.toml puts into an S3 bucket on a host of its own. The page's `environment` gives the helper container the proxy; it downloads and uploads the archives at URLs that the runner signs. The first job finds no cache and leaves files in two directories: one of 256 KiB, a hidden one, an empty one, and one with a blank in its name. The second, which has another directory, must find all of them, by their SHA-256. The third has another key, which only begins like theirs, and must find none. Each must keep what it leaves. Every request to the bucket must come from the proxy and be in its record, nothing may bypass it, and a download and three uploads must succeed. docker inspect may not show the secret key that the runner signs with.",
  axes: { scheme: schemeAxis, proxy: proxyAxis },
  where: exceptSquidTunnel,
  needs: ({ axes }) => proxyNeeds(axes, ...dockerNeeds()),
  abilities: ({ axes }) => ['poll', 'docker', 'environment', 'cache', ...(isTls(axes) ? (['custom-ca'] as const) : [])],
  work: 8_000,
  world,
  act: (stage) => runThrice(stage, jobEnvironment(stage.world.proxy.url)),
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      ...throughProxy(evidence, ['cache'], 'requests to the bucket'),
      succeeds(evidence, 'PUT', 'kept by each job', JOBS),
      succeeds(evidence, 'GET', 'restored'),
      isFound(evidence),
      isAnotherKey(evidence),
      keyStays(evidence),
      ...Array.from({ length: JOBS }, (_, nth) => endsAs(evidence, 'success', nth)),
    ];
  },
  mutants: [
    'docker-cache-direct',
    'shows-presigned-url',
    'uploads-zeros-as-cache',
    'cache-lacks-hidden-files',
    'cache-lacks-empty-files',
    'cache-lacks-names-with-blanks',
    'caches-first-path-only',
    'cuts-cache-keys',
    'keeps-cache-once',
    'docker-shows-cache-secret',
    'docker-omits-helper',
    'never-uses-proxy',
    'proxies-only-job-requests',
    'proxies-only-http',
  ],
  control: { without: 'the list `environment`', act: (stage) => runThrice(stage, []) },
});

async function runThrice(stage: Stage, environment: readonly string[]): Promise<void> {
  const { cache } = stage.world.gitlab;
  const docker = dockerConfig(stage, { volumes: await trustVolumes(stage) });
  const config = configFor(stage, { environment, docker, ...(cache ? { cache } : {}) });
  let jobs = 1;
  await whilePolling(stage, config, async () => {
    await jobsEnd(stage);
    for (const job of [elsewhere(0, KEY), elsewhere(1, `${KEY}-2`)]) {
      if (bypassed(stage.world.evidence)) return;
      jobs += 1;
      stage.world.gitlab.queue(job);
      await jobsEnd(stage, jobs);
    }
  });
}

function succeeds(evidence: Evidence, method: string, what: string, times = 1): Finding {
  const asked = evidence.gitlab('cache').filter((each) => each.method === method);
  const good = asked.filter(isSuccess);
  return check(
    good.length >= times,
    `the cache is ${what}: ${times === 1 ? `a ${method} succeeds` : `${times} ${method}s succeed`}`,
    `${good.length} of ${counted(asked.length, 'requests')} did${asked.length > good.length ? `, one was answered with ${asked.find((each) => !isSuccess(each))?.status}` : ''}`,
    ...(good.length > 0 ? good : asked).slice(0, 3),
  );
}

function isFound(evidence: Evidence): Finding {
  const [first, left, found] = [saidFiles(evidence, FOUND), saidFiles(evidence, LEFT), saidFiles(evidence, FOUND, 1)];
  const other = otherFiles(left, found);
  const seen =
    left.size === 0
      ? 'the first left nothing'
      : first.size > 0
        ? `the first found ${[...first.keys()].join(', ')}, which nobody had left`
        : found.size === 0
          ? 'the second found nothing'
          : (other ?? `it has all ${counted(left.size, 'files')}`);
  return check(
    first.size === 0 && left.size > 0 && other === undefined,
    'the second job has what the first left, by their SHA-256',
    seen,
    jobEnd(evidence, 0),
    jobEnd(evidence, 1),
  );
}

function isAnotherKey(evidence: Evidence): Finding {
  const found = saidFiles(evidence, FOUND, 2);
  return check(
    found.size === 0,
    'the third job, which has another key, finds nothing',
    found.size === 0 ? 'it found nothing' : `it found ${[...found.keys()].join(', ')}`,
    jobEnd(evidence, 2),
  );
}

/** What the ledger writes in place of the key. */
const SECRET_KEY = '«cache-secret-key';

function keyStays(evidence: Evidence): Finding {
  const showing = jobContainers(evidence).filter(({ inspect }) => JSON.stringify(inspect).includes(SECRET_KEY));
  return check(
    showing.length === 0,
    "no container shows the secret key of the cache's bucket",
    showing.length === 0 ? 'docker inspect shows it nowhere' : `docker inspect shows it in ${showing[0]?.name}`,
    ...showing.slice(0, 3),
  );
}
