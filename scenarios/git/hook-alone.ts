import {
  CLONE_IN_DOCKER_MUTANTS,
  CLONE_MUTANTS,
  clonesThroughProxy,
  executorAxis,
  GET_SOURCES_HOOK,
  gitAbilities,
  gitNeeds,
  gitWorld,
  isInDocker,
  jobEnvironment,
  plainInDocker,
  proxyAxis,
  type RunnerConfig,
  runGitJobs,
  type Stage,
  scenario,
} from '../../harness/kit/index.ts';

export default scenario({
  id: 'git/hook-alone',
  asks: 'Does the hook alone carry the clone through the proxy?',
  explains:
    "The job has HTTP_PROXY and HTTPS_PROXY in upper case only; git ignores HTTP_PROXY for http URLs. So only the page's hook, which copies it to git's http.proxy, can send the clone of an http GitLab through the proxy. With the shell executor the job gets the variables from the runner's own process. With executor=docker they are those of the page's `environment` in upper case, hook and clone run in the helper container, and nothing of the runner's process is in it. Judged as git/clone-through-proxy. The control has no hook: the clone must then fail, its connection caught by the tripwire.",
  axes: { executor: executorAxis, proxy: proxyAxis },
  where: plainInDocker,
  needs: gitNeeds,
  abilities: (context) =>
    gitAbilities(context, 'get-sources-hook', ...(isInDocker(context.axes) ? (['environment'] as const) : [])),
  work: 1000,
  world: ({ axes }) => gitWorld(axes, {}),
  act: (stage) => runGitJobs(stage, { ...upperCase(stage), getSourcesHook: GET_SOURCES_HOOK }),
  judge: (evidence) => clonesThroughProxy(evidence),
  mutants: [...CLONE_MUTANTS, ...CLONE_IN_DOCKER_MUTANTS, 'docker-hook-in-build', 'skips-the-hook', 'hook-after-git'],
  control: { without: 'the hook', act: (stage) => runGitJobs(stage, upperCase(stage)) },
});

/** What gives the job the upper-case variables where the runner's process does not. */
function upperCase({ world, axes }: Stage): Partial<RunnerConfig> {
  if (!isInDocker(axes)) return {};
  return { environment: jobEnvironment(world.proxy.url).filter((entry) => /^[A-Z_]+=/.test(entry)) };
}
