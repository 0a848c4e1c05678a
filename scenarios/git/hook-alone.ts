import { scenario } from '../../harness/conformance/authoring.ts';
import { GET_SOURCES_HOOK } from '../../harness/recipes/index.ts';
import { proxyAxis } from '../_proxy.ts';
import { CLONE_MUTANTS, clonesThroughProxy, gitAbilities, gitNeeds, gitWorld, runJobs } from './_sources.ts';

export default scenario({
  id: 'git/hook-alone',
  asks: 'Does the hook alone carry the clone through the proxy?',
  explains:
    "The job has HTTP_PROXY and HTTPS_PROXY in upper case only, which it gets from the runner's own process; git ignores HTTP_PROXY for http URLs. So only the page's hook, which copies it to git's http.proxy, can send the clone of an http GitLab through the proxy. Judged as git/clone-through-proxy. The control has no hook: the clone must then fail, its connection caught by the tripwire.",
  axes: { proxy: proxyAxis },
  needs: gitNeeds,
  abilities: (context) => gitAbilities(context, 'get-sources-hook'),
  work: 1000,
  world: ({ axes }) => gitWorld(axes, {}),
  act: (stage) => runJobs(stage, { getSourcesHook: GET_SOURCES_HOOK }),
  judge: (evidence) => clonesThroughProxy(evidence),
  mutants: [...CLONE_MUTANTS, 'skips-the-hook', 'hook-after-git'],
  control: { without: 'the hook', act: (stage) => runJobs(stage, {}) },
});
