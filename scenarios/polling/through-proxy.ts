import {
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
import { areOfPage, VARIABLES_SAY, variablesAxis, withVariables } from './_variables.ts';

export default scenario({
  id: 'polling/through-proxy',
  asks: 'Does every API request go through the proxy that the environment names?',
  explains: `The runner's own process has HTTP_PROXY and HTTPS_PROXY, as the page sets them, with a slash at the end of the URL, and is made to send one kind of request to an http GitLab. These requests must reach GitLab from the proxy and be in the proxy's record, and nothing may bypass it: whoever does not ask the proxy finds the tripwire behind GitLab's name. ${VARIABLES_SAY}`,
  axes: { request: ownRequestAxis, variables: variablesAxis, proxy: proxyAxis },
  where: (axes) => areOfPage(axes) || (ownRequestOf(axes) === 'job' && axes['proxy'] === 'basic'),
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => requestAbilities(ownRequestOf(axes)),
  world: ({ axes }) => ({ gitlab: { jobs: requestJobs(ownRequestOf(axes)) }, proxy: proxyOf(axes) }),
  act: (stage) => makeRequest(stage, ownRequestOf(stage.axes), withVariables(stage)),
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
    'ignores-proxy-without-scheme',
    'ignores-lower-case-variables',
    'prefers-lower-case-variables',
  ],
  control: {
    without: 'the proxy variables',
    act: (stage) => makeRequest(stage, ownRequestOf(stage.axes), configFor(stage, { env: {} })),
  },
});
