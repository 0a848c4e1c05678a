import {
  type AxisValues,
  check,
  configFor,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  endsAs,
  exceptSquidTunnel,
  type Finding,
  isTls,
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
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

/** What does not compress is sent in many pieces. */
const SIZE_KIB = 512;

const isStoredElsewhere = (axes: AxisValues): boolean => axes['storage'] === 'object-storage';

const world = ({ axes }: { axes: AxisValues }): WorldSpec => ({
  docker: {},
  proxy: proxyOf(axes),
  gitlab: {
    tls: isTls(axes),
    directDownload: isStoredElsewhere(axes),
    jobs: [
      {
        downloads: true,
        script: [
          'grep "Made by job" from-earlier-job.txt',
          `mkdir dist && head -c ${SIZE_KIB * 1024} /dev/urandom > dist/random`,
        ],
        artifacts: ['dist/'],
      },
    ],
  },
});

export default scenario({
  id: 'artifacts/through-proxy',
  asks: 'Do uploads and downloads of artifacts go through the proxy?',
  explains: `A job in Docker downloads the artifacts of an earlier job, reads the file in them, and uploads ${SIZE_KIB} KiB of its own that do not compress. The helper container does both; the page's \`environment\` gives it the proxy. Both requests must reach GitLab from the proxy and be in its record, nothing may bypass it, and the job must succeed. With storage=object-storage GitLab redirects the download to object storage, which must be reached through the proxy as well.`,
  axes: {
    storage: { values: ['gitlab', 'object-storage'], default: 'gitlab' },
    scheme: schemeAxis,
    proxy: proxyAxis,
  },
  where: (axes) => exceptSquidTunnel(axes) && (!isStoredElsewhere(axes) || (axes['proxy'] === 'basic' && !isTls(axes))),
  needs: ({ axes }) => proxyNeeds(axes, ...dockerNeeds()),
  abilities: ({ axes }) => [
    'poll',
    'docker',
    'environment',
    'upload',
    'download',
    ...(isTls(axes) ? (['custom-ca'] as const) : []),
  ],
  work: 4_000,
  world,
  act: (stage) => moves(stage, jobEnvironment(stage.world.proxy.url)),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      endsAs(evidence, 'success'),
      ...throughProxy(evidence, ['download'], 'artifact downloads').slice(0, 2),
      ...(isStoredElsewhere(axes)
        ? throughProxy(evidence, ['object-storage'], 'requests to object storage').slice(0, 2)
        : []),
      ...throughProxy(evidence, ['upload'], 'artifact uploads'),
      arrivesWhole(evidence),
    ];
  },
  mutants: [
    'docker-artifacts-direct',
    'docker-omits-helper',
    'never-uses-proxy',
    'proxies-only-job-requests',
    'proxies-only-http',
  ],
  control: { without: 'the list `environment`', act: (stage) => moves(stage, []) },
});

async function moves(stage: Stage, environment: readonly string[]): Promise<void> {
  const config = configFor(stage, { environment, docker: dockerConfig(stage) });
  await whilePolling(stage, config, () => jobsEnd(stage));
}

function arrivesWhole(evidence: Evidence): Finding {
  const stored = evidence.of('job').find(({ what }) => what === 'artifact');
  const bytes = stored?.artifact?.bytes ?? 0;
  return check(
    stored?.artifact?.complete === true && bytes >= SIZE_KIB * 1024,
    `GitLab has the artifacts, ${SIZE_KIB} KiB at least`,
    stored ? `it has ${bytes} bytes` : 'it has none',
    stored,
  );
}
