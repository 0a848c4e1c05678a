import {
  CLONE_IN_DOCKER_MUTANTS,
  CLONE_MUTANTS,
  check,
  clonesThroughProxy,
  type Evidence,
  exceptSquidTunnel,
  executorAxis,
  type Finding,
  gitAbilities,
  gitNeeds,
  gitWorld,
  pageSources,
  plainInDocker,
  proxyAxis,
  runGitJobs,
  scenario,
  schemeAxis,
} from '../../harness/kit/index.ts';

const MIB = 1024 * 1024;
const SIZE_MIB = 100;
const LIMIT_MS = 180_000;

export default scenario({
  id: 'git/large',
  asks: `Does a repository of ${SIZE_MIB} MiB come through the proxy?`,
  explains: `The project holds ${SIZE_MIB} MiB that do not compress; otherwise as git/clone-through-proxy. At least as many bytes must go from GitLab through the proxy, by the record of either, and the job must succeed.`,
  axes: { executor: executorAxis, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => exceptSquidTunnel(axes) && plainInDocker(axes),
  needs: gitNeeds,
  abilities: (context) => gitAbilities(context, 'get-sources-hook', 'environment'),
  work: 10_000,
  world: ({ axes }) => gitWorld(axes, { project: { bytes: SIZE_MIB * MIB } }),
  act: (stage) => runGitJobs(stage, pageSources(stage), LIMIT_MS),
  judge: (evidence) => clonesThroughProxy(evidence, () => [isAllThere(evidence)]),
  mutants: [...CLONE_MUTANTS, ...CLONE_IN_DOCKER_MUTANTS, 'proxies-only-http', 'fails-on-large'],
  control: { without: 'the content', world: ({ axes }) => gitWorld(axes, {}) },
});

function isAllThere(evidence: Evidence): Finding {
  const sent = sum(
    evidence.gitlab('git').filter(({ via }) => via === 'proxy'),
    (each) => each.responseBody?.bytes,
  );
  const passed = sum(evidence.proxy, (each) => each.responseBody?.bytes ?? each.tunnel?.bytesDown);
  const least = SIZE_MIB * MIB;
  return check(
    sent >= least && passed >= least,
    `${SIZE_MIB} MiB go from GitLab through the proxy`,
    `GitLab sent ${inMib(sent)} to the proxy in answer to git, and ${inMib(passed)} came out of it`,
  );
}

function sum<T>(of: readonly T[], bytes: (each: T) => number | undefined): number {
  return of.reduce((total, each) => total + (bytes(each) ?? 0), 0);
}

const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;
