import {
  CLONE_IN_DOCKER_MUTANTS,
  CLONE_MUTANTS,
  clonesThroughProxy,
  executorAxis,
  gitAbilities,
  gitNeeds,
  gitWorld,
  isInDocker,
  pageSources,
  proxyAxis,
  runGitJobs,
  scenario,
  schemeAxis,
} from '../../harness/kit/index.ts';

export default scenario({
  id: 'git/clone-through-proxy',
  asks: "Does a job's clone go through the proxy when the runner is configured as on the page?",
  explains:
    "The runner's process has HTTP_PROXY and HTTPS_PROXY; its configuration has the page's get-sources hook, which sets git's http.proxy and https.proxy, and the page's `environment` with both spellings of both variables. A job of a project with one commit is run by the shell executor or, with executor=docker, in containers, where the helper container gets the sources. git's requests must arrive at GitLab from the proxy, be on the proxy's record, none may go around it, and the job must succeed.",
  axes: { executor: executorAxis, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => !isInDocker(axes) || axes['proxy'] === 'basic',
  needs: gitNeeds,
  abilities: (context) => gitAbilities(context, 'get-sources-hook', 'environment'),
  work: 1000,
  world: ({ axes }) => gitWorld(axes, {}),
  act: (stage) => runGitJobs(stage, pageSources(stage)),
  judge: (evidence) => clonesThroughProxy(evidence),
  mutants: [...CLONE_MUTANTS, ...CLONE_IN_DOCKER_MUTANTS, 'proxies-only-http'],
  control: {
    without: 'the hook and the variables of the job (its environment has them empty)',
    act: (stage) => runGitJobs(stage, { environment: ['https_proxy=', 'http_proxy=', 'HTTPS_PROXY=', 'HTTP_PROXY='] }),
  },
});
