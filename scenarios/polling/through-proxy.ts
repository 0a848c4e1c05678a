import { scenario } from '../../harness/conformance/authoring.ts';
import { proxyAxis, proxyNeeds, proxyOf } from '../../harness/kit/axes.ts';
import { makeRequest } from '../../harness/kit/requests/make.ts';
import {
  isOfJob,
  ownRequestAxis,
  ownRequestOf,
  requestAbilities,
  requestJobs,
} from '../../harness/kit/requests/requests.ts';
import { behindProxy } from '../../harness/kit/running/behind-proxy.ts';
import { configFor } from '../../harness/kit/running/config.ts';
import { jobTaken } from '../../harness/kit/through-proxy/job-taken.ts';
import { nothingDirect } from '../../harness/kit/through-proxy/nothing-direct.ts';
import { throughProxy } from '../../harness/kit/through-proxy/through-proxy.ts';

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
