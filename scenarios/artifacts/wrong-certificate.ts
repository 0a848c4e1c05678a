import {
  type AxisValues,
  blocked,
  CERTIFICATE_SAYS,
  certificateAxis,
  certificateOf,
  check,
  configFor,
  counted,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  type Exchange,
  type Finding,
  isSuccess,
  type JobSpec,
  jobEnvironment,
  jobsEnd,
  jobTaken,
  proxyOf,
  type Stage,
  scenario,
  trustVolumes,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

/** What the job has at object storage: an earlier job's artifacts, or its cache. */
const OF = { values: ['download', 'cache'], default: 'download' } as const;
const isCache = (axes: AxisValues): boolean => axes['of'] === 'cache';

const JOBS: Readonly<Record<'download' | 'cache', JobSpec>> = {
  download: { downloads: true },
  cache: { cache: { key: 'proxyproof', paths: ['cached/'] }, script: ['mkdir -p cached; date > cached/date'] },
};

const world = (axes: AxisValues): WorldSpec => ({
  docker: {},
  proxy: proxyOf({ proxy: 'basic' }),
  gitlab: {
    storageTls: true,
    ...(isCache(axes)
      ? { jobs: [JOBS.cache], cache: { bucket: 'runner-cache' } }
      : { jobs: [JOBS.download], directDownload: true }),
  },
});

export default scenario({
  id: 'artifacts/wrong-certificate',
  asks: 'Does the helper send nothing to object storage whose certificate is wrong?',
  explains:
    "A job in Docker downloads an earlier job's artifacts, which GitLab has at object storage on another host, or has a cache there (of=cache). The storage speaks https, and its certificate is signed by another authority than the one that helper containers were given, is for another name, or is out of date. The helper may open tunnels to it, and must send nothing by them: whoever has the signed URL can get what it is for.",
  axes: { certificate: certificateAxis, of: OF },
  where: (axes) => !isCache(axes) || axes['certificate'] === certificateAxis.values[0],
  needs: () => dockerNeeds(),
  abilities: ({ axes }) => ['poll', 'docker', 'environment', 'custom-ca', isCache(axes) ? 'cache' : 'download'],
  work: 4_000,
  world: ({ axes }) => {
    const spec = world(axes);
    return { ...spec, gitlab: { ...spec.gitlab, wrongCertificate: certificateOf(axes) } };
  },
  act: runJob,
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken];
    if (tunnels(evidence).length === 0) {
      return [blocked('the helper opens a tunnel to object storage', 'it opened none')];
    }
    return [sendsNothing(evidence, axes)];
  },
  mutants: ['helper-takes-any-certificate'],
  control: { without: 'what is wrong with the certificate', world: ({ axes }) => world(axes) },
});

async function runJob(stage: Stage): Promise<void> {
  const { gitlab, proxy } = stage.world;
  const config = configFor(stage, {
    environment: jobEnvironment(proxy.url),
    docker: dockerConfig(stage, { volumes: await trustVolumes(stage) }),
    ...(gitlab.cache ? { cache: gitlab.cache } : {}),
  });
  await whilePolling(stage, config, () => jobsEnd(stage));
}

/** GitLab itself is asked without: it speaks http. */
const tunnels = (evidence: Evidence): readonly Exchange[] =>
  evidence.proxy().filter((each) => each.method === 'CONNECT' && isSuccess(each));

function sendsNothing(evidence: Evidence, axes: AxisValues): Finding {
  const sent = evidence.gitlab('cache', 'object-storage');
  const [first] = sent;
  const opened = tunnels(evidence);
  return check(
    first === undefined,
    `the helper sends nothing to object storage whose certificate ${CERTIFICATE_SAYS[certificateOf(axes)]}`,
    first
      ? `${counted(sent.length, 'requests')} came, the first: ${first.method} ${first.target}`
      : `nothing came by ${counted(opened.length, 'tunnels')}`,
    ...(first ? sent : opened).slice(0, 3),
  );
}
