import {
  behindProxy,
  configFor,
  isOfJob,
  jobTaken,
  makeRequest,
  nothingDirect,
  ownRequestAxis,
  ownRequestOf,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  proxyVariables,
  type RunnerConfig,
  requestAbilities,
  requestJobs,
  type Stage,
  scenario,
  throughProxy,
} from '../../harness/kit/index.ts';

export default scenario({
  id: 'polling/through-proxy',
  asks: 'Does every API request go through the proxy that the environment names?',
  explains:
    "The runner's own process has HTTP_PROXY and HTTPS_PROXY, as the page sets them, with a slash at the end of the URL, and is made to send one kind of request to an http GitLab. These requests must reach GitLab from the proxy and be in the proxy's record, and nothing may bypass it: whoever does not ask the proxy finds the tripwire behind GitLab's name.",
  axes: { request: ownRequestAxis, proxy: proxyAxis },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => requestAbilities(ownRequestOf(axes)),
  world: ({ axes }) => ({ gitlab: { jobs: requestJobs(ownRequestOf(axes)) }, proxy: proxyOf(axes) }),
  act: (stage) => makeRequest(stage, ownRequestOf(stage.axes), asOnThePage(stage)),
  judge: (evidence, { axes }) => {
    const kind = ownRequestOf(axes);
    const untaken = isOfJob(kind) ? jobTaken(evidence) : undefined;
    if (untaken) return [untaken, nothingDirect(evidence)];
    return throughProxy(evidence, [kind], `${kind} requests`);
  },
  mutants: [
    'never-uses-proxy',
    'proxies-only-job-requests',
    'never-sends-credentials',
    'logs-runner-token',
    'ignores-proxy-with-slash',
  ],
  control: {
    without: 'the proxy variables',
    act: (stage) => makeRequest(stage, ownRequestOf(stage.axes), configFor(stage, { env: {} })),
  },
});

/** The page's URL of the proxy ends with a slash. */
function asOnThePage(stage: Stage): RunnerConfig {
  const config = behindProxy(stage);
  const url = stage.world.proxy.url.replace(/\/*$/, '/');
  return { ...config, env: { ...config.env, ...proxyVariables({ url }) } };
}
