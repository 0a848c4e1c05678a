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
  traceLines,
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
          'echo "proxyproof-made=$(sha256sum < dist/random)"',
        ],
        artifacts: ['dist/'],
      },
    ],
  },
});

export default scenario({
  id: 'artifacts/through-proxy',
  asks: 'Do uploads and downloads of artifacts go through the proxy?',
  explains: `A job in Docker downloads the artifacts of an earlier job, reads the file in them, and uploads ${SIZE_KIB} KiB of its own that do not compress. The helper container does both; the page's \`environment\` gives it the proxy. Both requests must reach GitLab from the proxy and be in its record, nothing may bypass it, the file in the archive at GitLab must be the one that the job made, by its SHA-256, and the job must succeed. With storage=object-storage GitLab redirects the download to object storage on another host, which must be reached through the proxy as well, and must not be shown the job's token: the URL is signed.`,
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
    'shows-job-token-to-storage',
    'uploads-other-artifacts',
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
  const made = traceLines(evidence)
    .map((line) => /^proxyproof-made=([0-9a-f]{64})/.exec(line)?.[1])
    .find((digest) => digest !== undefined);
  const file = stored?.files?.find((each) => each.endsWith('  dist/random'))?.slice(0, 64);
  const seen = !stored
    ? 'it has no artifacts'
    : !file
      ? `its archive of ${stored.artifact?.bytes ?? 0} bytes has no such file, or cannot be unpacked`
      : `it has one with the SHA-256 ${file.slice(0, 12)}…, and the job made ${made ? `${made.slice(0, 12)}…` : 'nothing'}`;
  return check(
    made !== undefined && file === made,
    `GitLab has the file that the job made, of ${SIZE_KIB} KiB, as it was made`,
    seen,
    stored,
  );
}
