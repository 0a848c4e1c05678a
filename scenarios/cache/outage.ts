import {
  answersWith,
  check,
  configFor,
  counted,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  endsAs,
  type Fault,
  type Finding,
  failJobProxy,
  isDuring,
  isSuccess,
  type JobSpec,
  jobEnd,
  jobEnvironment,
  jobOutageMet,
  jobsEnd,
  jobTaken,
  nothingDirect,
  outageOf,
  type Stage,
  scenario,
  traceLines,
  trustVolumes,
  whilePolling,
} from '../../harness/kit/index.ts';

const BUCKET = 'runner-cache';
/** What a job found in its cache, and left there. */
const FOUND = 'proxyproof-found=';
const jobOf = (name: string): JobSpec => ({
  cache: { key: 'proxyproof', paths: ['cached/'] },
  script: [`echo "${FOUND}$(cat cached/by 2>/dev/null || echo nothing)"`, `mkdir -p cached; echo ${name} > cached/by`],
});
/** Directories of their own: what a job finds there can have come from the bucket alone. */
const OTHERS = ['group/second', 'group/third'] as const;
const elsewhere = (name: string, repository: string): JobSpec => ({
  ...jobOf(name),
  repository,
  variables: { GIT_STRATEGY: 'none' },
});

/** The helper tries three times each way, with pauses. */
const LIMIT_MS = 90_000;

export default scenario({
  id: 'cache/outage',
  asks: 'When the proxy fails a cache, does the helper stay behind it?',
  explains:
    "Three jobs run in Docker with the same cache in an S3 bucket on a host of its own. The runner's own requests go by one proxy, which is well; the jobs are given another by the page's `environment`. The first job keeps a cache. During the second the proxy answers every request to the bucket with 502, so that the cache can neither be restored nor kept: nothing may bypass the proxy, nothing may reach the bucket, and the job must succeed all the same: a cache only saves time. For the third the proxy is well again, and it must find what the first has left. Each has a directory of its own.",
  axes: {},
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker', 'environment', 'cache'],
  work: 15_000,
  world: () => ({
    docker: {},
    proxy: { kind: 'basic' },
    standby: { kind: 'basic' },
    gitlab: {
      cache: { bucket: BUCKET },
      repositories: OTHERS.map((path) => ({ path, files: { 'README.md': 'other' } })),
    },
  }),
  act: (stage) => failAndRecover(stage, answersWith(502, `/${BUCKET}/`)),
  judge: (evidence) => {
    const needed = jobTaken(evidence) ?? jobOutageMet(evidence, 'the helper');
    if (needed) return [needed, nothingDirect(evidence)];
    return [
      nothingDirect(evidence),
      nothingMoves(evidence),
      isKept(evidence),
      ...[0, 1, 2].map((nth) => endsAs(evidence, 'success', nth)),
      finds(evidence, 1, 'nothing'),
      finds(evidence, 2, 'first'),
    ];
  },
  mutants: [
    'fails-job-without-cache',
    'docker-cache-retries-directly',
    'docker-cache-direct',
    'docker-omits-helper',
    'uploads-zeros-as-cache',
  ],
  control: { without: 'the outage', act: (stage) => failAndRecover(stage, undefined) },
});

async function failAndRecover(stage: Stage, fault: Fault | undefined): Promise<void> {
  const { world } = stage;
  const { cache } = world.gitlab;
  const config = configFor(stage, {
    environment: jobEnvironment(world.standby.url),
    docker: dockerConfig(stage, { volumes: await trustVolumes(stage) }),
    ...(cache ? { cache } : {}),
  });
  let jobs = 0;
  const runJob = (job: JobSpec): Promise<void> => {
    world.gitlab.queue(job);
    jobs += 1;
    return jobsEnd(stage, jobs, LIMIT_MS);
  };
  await whilePolling(stage, config, async () => {
    await runJob(jobOf('first'));
    const end = fault && failJobProxy(world, fault);
    await runJob(elsewhere('second', OTHERS[0]));
    end?.();
    await runJob(elsewhere('third', OTHERS[1]));
  });
}

function nothingMoves(evidence: Evidence): Finding {
  const outage = outageOf(evidence);
  const arrived = evidence.gitlab('cache').filter((each) => outage && isDuring(each, outage));
  return check(
    arrived.length === 0,
    'nothing reaches the bucket while the proxy fails',
    arrived.length === 0 ? 'nothing did' : `${counted(arrived.length, 'requests')} did`,
    ...arrived.slice(0, 3),
  );
}

function isKept(evidence: Evidence): Finding {
  const puts = evidence.gitlab('cache').filter(({ method }) => method === 'PUT');
  return check(
    puts.some((each) => isSuccess(each) && each.via === 'proxy'),
    'a cache is kept through the proxy where that is well',
    `${counted(puts.filter(isSuccess).length, 'requests')} of ${puts.length} did so`,
    ...puts.slice(0, 3),
  );
}

function finds(evidence: Evidence, nth: number, wanted: string): Finding {
  const found = traceLines(evidence, nth)
    .find((line) => line.startsWith(FOUND))
    ?.slice(FOUND.length);
  return check(
    found === wanted,
    nth === 1
      ? 'the second job, whose proxy fails, finds no cache'
      : 'the third job finds the cache that the first has left',
    found === undefined
      ? 'it did not come so far'
      : `it found ${found === 'nothing' ? 'none' : `that of the ${found}`}`,
    jobEnd(evidence, nth),
  );
}
