import {
  type AxisValues,
  CLONE_IN_DOCKER_MUTANTS,
  CLONE_MUTANTS,
  clonesThroughProxy,
  exceptSquidTunnel,
  executorAxis,
  gitAbilities,
  gitNeeds,
  gitWorld,
  pageSources,
  plainInDocker,
  proxyAxis,
  runGitJobs,
  scenario,
  schemeAxis,
  throughProxy,
} from '../../harness/kit/index.ts';

const CONTENT = 'proxyproof-lfs-content';

function world(axes: AxisValues, variables: Readonly<Record<string, string>> = {}) {
  return gitWorld(axes, {
    job: { script: [`grep ${CONTENT} large.txt`], variables },
    project: { lfs: { 'large.txt': `${CONTENT}\n${'stored by Git LFS\n'.repeat(200)}` } },
  });
}

export default scenario({
  id: 'git/lfs',
  asks: 'Do objects of Git LFS come through the proxy?',
  explains:
    "The project has a file that Git LFS stores; otherwise as git/clone-through-proxy. git-lfs is a program of its own with rules of its own for proxies. Its requests must arrive from the proxy, and the job, which looks for the file's content rather than its pointer, must succeed.",
  axes: { executor: executorAxis, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => exceptSquidTunnel(axes) && plainInDocker(axes),
  needs: (context) => gitNeeds(context, 'git-lfs'),
  abilities: (context) => gitAbilities(context, 'get-sources-hook', 'environment', 'lfs'),
  work: 1000,
  world: ({ axes }) => world(axes),
  act: (stage) => runGitJobs(stage, pageSources(stage)),
  judge: (evidence) => clonesThroughProxy(evidence, () => throughProxy(evidence, ['lfs'], 'LFS requests').slice(0, 2)),
  mutants: [...CLONE_MUTANTS, ...CLONE_IN_DOCKER_MUTANTS, 'proxies-only-http', 'skips-lfs'],
  control: { without: 'getting LFS objects', world: ({ axes }) => world(axes, { GIT_LFS_SKIP_SMUDGE: '1' }) },
});
