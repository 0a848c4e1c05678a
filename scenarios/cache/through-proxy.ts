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
  jobEnd,
  jobEnvironment,
  jobsEnd,
  jobTaken,
  nothingDirect,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  type Stage,
  scenario,
  schemeAxis,
  throughProxy,
  traceLines,
  trustVolumes,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

const FILE = 'cached/random';
/** What a job found, and what it left: an SHA-256 each, or `nothing`. */
const SAYS = /^proxyproof-(found|left)=(\w+)/;
/** What does not compress is sent in many pieces. */
const SIZE_KIB = 256;

const job: JobSpec = {
  cache: { key: 'proxyproof', paths: ['cached/'] },
  script: [
    `if [ -e ${FILE} ]; then echo proxyproof-found=$(sha256sum < ${FILE}); else echo proxyproof-found=nothing; fi`,
    `mkdir -p cached; head -c ${SIZE_KIB * 1024} /dev/urandom > ${FILE}`,
    `echo proxyproof-left=$(sha256sum < ${FILE})`,
  ],
};
/** A directory of its own: what the second job finds there can have come from the bucket alone. */
const OTHER_PROJECT = 'group/other';
const second: JobSpec = { ...job, repository: OTHER_PROJECT, variables: { GIT_STRATEGY: 'none' } };

const world = ({ axes }: { axes: AxisValues }): WorldSpec => ({
  docker: {},
  proxy: proxyOf(axes),
  gitlab: {
    tls: isTls(axes),
    jobs: [job],
    cache: { bucket: 'runner-cache' },
    repositories: [{ path: OTHER_PROJECT, files: { 'README.md': 'other' } }],
  },
});

export default scenario({
  id: 'cache/through-proxy',
  asks: 'Do caches go through the proxy, to object storage and back?',
  explains:
    "Two jobs run in Docker, one after the other, with the same cache, which config.toml puts into an S3 bucket on a host of its own. The page's `environment` gives the helper container the proxy; it downloads and uploads the archives at URLs that the runner signs. The first job finds no cache and leaves a file of 256 KiB; the second, which has another directory, must find that file, by its SHA-256. Every request to the bucket must come from the proxy and be in its record, nothing may bypass it, and one in each direction must succeed.",
  axes: { scheme: schemeAxis, proxy: proxyAxis },
  where: exceptSquidTunnel,
  needs: ({ axes }) => proxyNeeds(axes, ...dockerNeeds()),
  abilities: ({ axes }) => ['poll', 'docker', 'environment', 'cache', ...(isTls(axes) ? (['custom-ca'] as const) : [])],
  work: 6_000,
  world,
  act: (stage) => runTwice(stage, jobEnvironment(stage.world.proxy.url)),
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      ...throughProxy(evidence, ['cache'], 'requests to the bucket'),
      succeeds(evidence, 'PUT', 'kept'),
      succeeds(evidence, 'GET', 'restored'),
      isFound(evidence),
      endsAs(evidence, 'success'),
      endsAs(evidence, 'success', 1),
    ];
  },
  mutants: [
    'docker-cache-direct',
    'shows-presigned-url',
    'uploads-zeros-as-cache',
    'docker-omits-helper',
    'never-uses-proxy',
    'proxies-only-job-requests',
    'proxies-only-http',
  ],
  control: { without: 'the list `environment`', act: (stage) => runTwice(stage, []) },
});

async function runTwice(stage: Stage, environment: readonly string[]): Promise<void> {
  const { cache } = stage.world.gitlab;
  const docker = dockerConfig(stage, { volumes: await trustVolumes(stage) });
  const config = configFor(stage, { environment, docker, ...(cache ? { cache } : {}) });
  await whilePolling(stage, config, async () => {
    await jobsEnd(stage);
    if (bypassed(stage.world.evidence)) return;
    stage.world.gitlab.queue(second);
    await jobsEnd(stage, 2);
  });
}

function succeeds(evidence: Evidence, method: string, what: string): Finding {
  const asked = evidence.gitlab('cache').filter((each) => each.method === method);
  const good = asked.filter(isSuccess);
  return check(
    good.length > 0,
    `the cache is ${what}: a ${method} succeeds`,
    `${good.length} of ${counted(asked.length, 'requests')} did${asked.length > good.length ? `, one was answered with ${asked.find((each) => !isSuccess(each))?.status}` : ''}`,
    ...(good.length > 0 ? good : asked).slice(0, 3),
  );
}

function isFound(evidence: Evidence): Finding {
  const says = (nth: number, what: string): string | undefined =>
    traceLines(evidence, nth)
      .map((line) => SAYS.exec(line) ?? [])
      .find(([, which]) => which === what)?.[2];
  const [first, left, found] = [says(0, 'found'), says(0, 'left'), says(1, 'found')];
  return check(
    first === 'nothing' && left !== undefined && found === left,
    'the second job has what the first left',
    `the first found ${short(first)} and left ${short(left)}, the second found ${short(found)}`,
    jobEnd(evidence, 0),
    jobEnd(evidence, 1),
  );
}

const short = (digest = 'out nothing'): string => (digest.length === 64 ? `${digest.slice(0, 12)}…` : digest);
