import {
  type AxisValues,
  check,
  configFor,
  counted,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  endsAs,
  exceptSquidTunnel,
  type Finding,
  filesIn,
  isSuccess,
  isTls,
  type JobSpec,
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
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

const SIZE_KIB = 512;
/** What the job says before each file that it made. */
const MADE = 'proxyproof-made';

const isStoredElsewhere = (axes: AxisValues): boolean => axes['storage'] === 'object-storage';

/** Whether the project itself has a file of the name of one that is downloaded. */
const THERE = { values: ['nothing', 'same-file'], default: 'nothing' } as const;
const isThere = (axes: AxisValues): boolean => axes['there'] === 'same-file';
const PROJECT = 'group/project';

const DOWNLOADED = 'from-earlier-job.txt';

const JOB: JobSpec = {
  downloads: true,
  script: [
    `grep "Made by job" ${DOWNLOADED}`,
    ...makeFiles('dist', SIZE_KIB * 1024),
    'echo report > report.txt',
    sayFiles(MADE, 'dist', 'report.txt'),
  ],
  artifacts: ['dist/', 'report.txt'],
};

const world = ({ axes }: { axes: AxisValues }): WorldSpec => ({
  docker: {},
  proxy: proxyOf(axes),
  gitlab: {
    tls: isTls(axes),
    directDownload: isStoredElsewhere(axes),
    ...(isThere(axes)
      ? { jobs: [{ ...JOB, repository: PROJECT }], repositories: [{ path: PROJECT, files: { [DOWNLOADED]: 'old' } }] }
      : { jobs: [JOB] }),
  },
});

export default scenario({
  id: 'artifacts/through-proxy',
  asks: 'Do uploads and downloads of artifacts go through the proxy?',
  explains: `A job in Docker downloads the artifacts of an earlier job, reads the file in them, and uploads some of its own: one of ${SIZE_KIB} KiB that does not compress, a hidden one, an empty one, one with a blank in its name, and one outside of their directory. The helper container does both; the page's \`environment\` gives it the proxy. Both requests must reach GitLab from the proxy and be in its record, nothing may bypass it, the files in the archive at GitLab must be those that the job made, by their SHA-256, GitLab must have taken it once, and the job must succeed. With storage=object-storage GitLab redirects the download to object storage on another host, which must be reached through the proxy as well, and must not be shown the job's token: the URL is signed. With there=same-file the job's sources have a file of that name, with other content: what is downloaded must replace it.`,
  axes: {
    storage: { values: ['gitlab', 'object-storage'], default: 'gitlab' },
    there: THERE,
    scheme: schemeAxis,
    proxy: proxyAxis,
  },
  where: (axes) => {
    if (!isStoredElsewhere(axes) && !isThere(axes)) return exceptSquidTunnel(axes);
    return axes['proxy'] === 'basic' && !isTls(axes) && !(isStoredElsewhere(axes) && isThere(axes));
  },
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
      isUploadedOnce(evidence),
    ];
  },
  mutants: [
    'docker-artifacts-direct',
    'shows-job-token-to-storage',
    'uploads-other-artifacts',
    'artifacts-lack-hidden-files',
    'artifacts-lack-empty-files',
    'artifacts-lack-names-with-blanks',
    'uploads-first-path-only',
    'uploads-twice',
    'keeps-files-over-artifacts',
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
  const made = saidFiles(evidence, MADE);
  const files = filesIn(stored?.files ?? []);
  const other = otherFiles(made, files);
  const seen = !stored
    ? 'it has no artifacts'
    : made.size === 0
      ? 'the job made nothing'
      : files.size === 0
        ? `its archive of ${stored.artifact?.bytes ?? 0} bytes has no files, or cannot be unpacked`
        : (other ?? `it has all ${counted(made.size, 'files')}`);
  return check(
    made.size > 0 && other === undefined,
    `GitLab has the files that the job made, one of them of ${SIZE_KIB} KiB, as they were made`,
    seen,
    stored,
  );
}

function isUploadedOnce(evidence: Evidence): Finding {
  const taken = evidence.gitlab('upload').filter(isSuccess);
  return check(
    taken.length === 1,
    'an archive that GitLab has taken is not sent again',
    `GitLab took ${counted(taken.length, 'uploads')} of one archive`,
    ...taken.slice(0, 3),
  );
}
