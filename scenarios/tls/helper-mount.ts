import {
  check,
  configFor,
  counted,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  endsAs,
  type Finding,
  interceptorAxis,
  interceptorFile,
  interceptorNeeds,
  interceptorOf,
  isSuccess,
  jobEnvironment,
  jobsEnd,
  jobTaken,
  nobodyRejects,
  nothingDirect,
  type Stage,
  scenario,
  throughProxy,
  whilePolling,
} from '../../harness/kit/index.ts';

const PROJECT = 'group/project';

/** Where the page has the certificate in the helper container. */
const MOUNTED = '/etc/gitlab-runner/certs/ca.crt';

export default scenario({
  id: 'tls/helper-mount',
  asks: 'Does the helper trust a CA that config.toml mounts at /etc/gitlab-runner/certs/ca.crt?',
  explains:
    "The proxy opens the TLS to every host but GitLab's, and shows certificates of a CA of its own. GitLab's own CA is in tls-ca-file, which is handed to jobs for GitLab alone; the proxy's is mounted by `volumes` of config.toml, as the page has it. A job in Docker clones its project, uploads artifacts to GitLab, and keeps a cache in a bucket on another host, where the helper is shown the proxy's certificate. The cache must arrive there through the proxy, and the job must succeed. Where it does not, the finding is the cause in the job's trace, with the file to change. The proxy is one of ours, or squid with ssl_bump (interceptor=squid). A clone that is opened, too, would not tell: a runner hands its jobs the chain by which it verified GitLab, with a mount or without.",
  axes: { interceptor: interceptorAxis },
  needs: ({ axes }) => interceptorNeeds(axes, ...dockerNeeds()),
  abilities: () => ['poll', 'docker', 'environment', 'git', 'upload', 'cache', 'custom-ca'],
  work: 5_000,
  world: ({ axes }) => ({
    docker: {},
    proxy: interceptorOf(axes, 'all-but-gitlab'),
    gitlab: {
      tls: true,
      cache: { bucket: 'runner-cache' },
      repositories: [{ path: PROJECT }],
      jobs: [
        {
          repository: PROJECT,
          script: ['git rev-parse HEAD', 'mkdir -p kept; echo kept > kept/file'],
          cache: { key: 'kept', paths: ['kept/'] },
          artifacts: ['kept/'],
        },
      ],
    },
  }),
  act: async (stage) => run(stage, [`${await interceptorFile(stage)}:${MOUNTED}:ro`]),
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      nobodyRejects(evidence),
      endsAs(evidence, 'success'),
      isKept(evidence),
      ...throughProxy(evidence, ['cache'], 'requests to the bucket'),
    ];
  },
  mutants: ['docker-omits-volumes', 'docker-skips-helper-entrypoint'],
  control: { without: 'the mount', act: (stage) => run(stage, []) },
});

async function run(stage: Stage, volumes: readonly string[]): Promise<void> {
  const { world } = stage;
  const { cache } = world.gitlab;
  const environment = jobEnvironment(world.proxy.url);
  const docker = dockerConfig(stage, { volumes });
  await whilePolling(stage, configFor(stage, { environment, docker, ...(cache ? { cache } : {}) }), () =>
    jobsEnd(stage),
  );
}

/** That the bucket took the cache: a job succeeds without that. */
function isKept(evidence: Evidence): Finding {
  const asked = evidence.gitlab('cache').filter(({ method }) => method === 'PUT');
  const good = asked.filter(isSuccess);
  return check(
    good.length > 0,
    'the bucket takes the cache',
    `it was asked for that ${counted(asked.length, 'times')}, and took it ${counted(good.length, 'times')}`,
    ...(good.length > 0 ? good : asked).slice(0, 3),
  );
}
