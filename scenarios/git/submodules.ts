import { type AxisValues, check, type Finding, scenario } from '../../harness/conformance/authoring.ts';
import type { Evidence } from '../../harness/ledger/index.ts';
import { proxyAxis, schemeAxis } from '../_proxy.ts';
import { isSuccess } from '../_through-proxy.ts';
import { counted } from '../_words.ts';
import {
  asOnThePage,
  CLONE_MUTANTS,
  clonesThroughProxy,
  gitAbilities,
  gitNeeds,
  gitWorld,
  runJobs,
} from './_sources.ts';

const MODULE = 'group/module';
const CONTENT = 'proxyproof-submodule-content';

const urlOf = (axes: AxisValues): 'relative' | 'absolute' => (axes['url'] === 'absolute' ? 'absolute' : 'relative');

function world(axes: AxisValues, strategy: 'none' | 'normal') {
  return gitWorld(axes, {
    job: { submodules: strategy, script: [`grep ${CONTENT} module/content.txt`] },
    project: { submodules: { module: { repository: MODULE, url: urlOf(axes) } } },
    others: [{ path: MODULE, files: { 'content.txt': `${CONTENT}\n` } }],
  });
}

export default scenario({
  id: 'git/submodules',
  asks: 'Do submodules come through the proxy?',
  explains:
    "The project has a submodule of the same GitLab, by a relative or an absolute URL, and the job GIT_SUBMODULE_STRATEGY normal; otherwise as git/clone-through-proxy. The submodule's repository must be asked for through the proxy, and the job, which looks into a file of it, must succeed.",
  axes: { url: { values: ['relative', 'absolute'] }, scheme: schemeAxis, proxy: proxyAxis },
  needs: gitNeeds,
  abilities: (context) => gitAbilities(context, 'get-sources-hook', 'environment', 'submodules'),
  world: ({ axes }) => world(axes, 'normal'),
  act: (stage) => runJobs(stage, asOnThePage(stage)),
  judge: (evidence) => clonesThroughProxy(evidence, () => [getsModule(evidence)]),
  mutants: [...CLONE_MUTANTS, 'proxies-only-http', 'skips-submodules'],
  control: { without: 'the submodule strategy', world: ({ axes }) => world(axes, 'none') },
});

function getsModule(evidence: Evidence): Finding {
  const asked = evidence.gitlab('git').filter((each) => each.target.includes(`/${MODULE}.git/`) && isSuccess(each));
  return check(
    asked.some(({ via }) => via === 'proxy'),
    'the submodule is got through the proxy',
    `${counted(asked.length, 'requests')} for it succeeded`,
    ...asked.slice(0, 3),
  );
}
