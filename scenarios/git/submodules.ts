import {
  type AxisValues,
  check,
  counted,
  type Evidence,
  exceptSquidTunnel,
  executorAxis,
  type Finding,
  type GitWorldContent,
  gitWorld,
  isInDocker,
  isSuccess,
  isTls,
  type JobSpec,
  pageSources,
  plainInDocker,
  proxyAxis,
  runGitJobs,
  schemeAxis,
} from '../../harness/kit/index.ts';
import { cloneScenario } from './_clone-scenario.ts';
import { CA_FOR_ALL, LOOK_INTO_MODULE, MODULE, MODULE_FILES } from './_submodule.ts';

/** A submodule of the submodule. */
const INNER = 'group/inner';
const INNER_CONTENT = 'proxyproof-inner-content';

/**
 * What a submodule needs besides a proxy, which runners see to since different versions: the CA that GitLab's certificate
 * is checked against, and the job's token for an absolute URL. The hook does it here for all of them.
 */
const LEFT_ASIDE = [
  CA_FOR_ALL,
  `git config --global url."\${CI_SERVER_URL%%://*}://gitlab-ci-token:$CI_JOB_TOKEN@\${CI_SERVER_URL#*://}/".insteadOf "$CI_SERVER_URL/"`,
];

const urlOf = (axes: AxisValues): 'relative' | 'absolute' => (axes['url'] === 'absolute' ? 'absolute' : 'relative');

type Strategy = NonNullable<JobSpec['submodules']>;
const isRecursive = (axes: AxisValues): boolean => axes['strategy'] === 'recursive';

const content = (axes: AxisValues, strategy: Strategy): GitWorldContent => ({
  job: {
    submodules: strategy,
    script: [LOOK_INTO_MODULE, ...(isRecursive(axes) ? [`grep ${INNER_CONTENT} module/inner/content.txt`] : [])],
  },
  project: { submodules: { module: { repository: MODULE, url: urlOf(axes) } } },
  others: [
    {
      path: MODULE,
      files: MODULE_FILES,
      ...(isRecursive(axes) ? { submodules: { inner: { repository: INNER, url: urlOf(axes) } } } : {}),
    },
    ...(isRecursive(axes) ? [{ path: INNER, files: { 'content.txt': `${INNER_CONTENT}\n` } }] : []),
  ],
});

export default cloneScenario({
  id: 'git/submodules',
  asks: 'Do submodules come through the proxy?',
  explains:
    "The project has a submodule of the same GitLab, by a relative or an absolute URL, and the job GIT_SUBMODULE_STRATEGY normal; otherwise as git/clone-through-proxy. Only here the hook goes on to give git the CA and the job's token for all of GitLab's URLs, since older runners do so for the project's own repository alone, and that is not in question. The submodule's repository must be asked for through the proxy, and the job, which looks into a file of it, must succeed. With strategy=recursive the submodule has a submodule of its own, of which the same must hold.",
  axes: {
    executor: executorAxis,
    url: { values: ['relative', 'absolute'] },
    strategy: { values: ['normal', 'recursive'], default: 'normal' },
    scheme: schemeAxis,
    proxy: proxyAxis,
  },
  where: (axes) =>
    exceptSquidTunnel(axes) &&
    plainInDocker(axes) &&
    (axes['url'] === 'relative' || (axes['proxy'] !== 'squid' && !isInDocker(axes))) &&
    (!isRecursive(axes) ||
      (axes['url'] === 'relative' && axes['proxy'] === 'basic' && !isTls(axes) && !isInDocker(axes))),
  content: (axes) => content(axes, isRecursive(axes) ? 'recursive' : 'normal'),
  also: { abilities: ['submodules'] },
  act: (stage) => {
    const recipe = pageSources(stage);
    return runGitJobs(stage, { ...recipe, getSourcesHook: `${recipe.getSourcesHook}; ${LEFT_ASIDE.join('; ')}` });
  },
  finds: (evidence, axes) => [
    getsModule(evidence, MODULE, 'the submodule'),
    ...(isRecursive(axes) ? [getsModule(evidence, INNER, "the submodule's own submodule")] : []),
  ],
  mutants: ['skips-submodules', 'skips-nested-submodules'],
  control: {
    without: 'the submodule strategy',
    world: ({ axes }) => gitWorld(axes, content(axes, 'none')),
  },
});

function getsModule(evidence: Evidence, path: string, which: string): Finding {
  const asked = evidence.gitlab('git').filter((each) => each.target.includes(`/${path}.git/`) && isSuccess(each));
  return check(
    asked.some(({ via }) => via === 'proxy'),
    `${which} is got through the proxy`,
    `${counted(asked.length, 'requests')} for it succeeded`,
    ...asked.slice(0, 3),
  );
}
