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
  requestAbilities,
  requestJobs,
  scenario,
  throughProxy,
} from '../../harness/kit/index.ts';

export default scenario({
  id: 'polling/through-proxy',
  asks: 'Does every request of the API go through the proxy that the environment names?',
  explains:
    "The runner's own process has HTTP_PROXY and HTTPS_PROXY, as the page sets them, and is made to issue one kind of request to an http GitLab. Such requests must arrive at GitLab from the proxy, the proxy must have them on its own record, and nothing may have gone around it: GitLab's name leads to the tripwire for whoever does not ask the proxy.",
  axes: { request: ownRequestAxis, proxy: proxyAxis },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => requestAbilities(ownRequestOf(axes)),
  world: ({ axes }) => ({ gitlab: { jobs: requestJobs(ownRequestOf(axes)) }, proxy: proxyOf(axes) }),
  act: (stage) => makeRequest(stage, ownRequestOf(stage.axes), behindProxy(stage)),
  judge: (evidence, { axes }) => {
    const kind = ownRequestOf(axes);
    const untaken = isOfJob(kind) ? jobTaken(evidence) : undefined;
    if (untaken) return [untaken, nothingDirect(evidence)];
    return throughProxy(evidence, [kind], `${kind} requests`);
  },
  mutants: ['never-uses-proxy', 'proxies-only-job-requests', 'never-sends-credentials'],
  control: {
    without: 'the proxy variables',
    act: (stage) => makeRequest(stage, ownRequestOf(stage.axes), configFor(stage, { env: {} })),
  },
});
