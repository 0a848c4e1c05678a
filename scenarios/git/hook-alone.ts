import { stripVTControlCharacters } from 'node:util';
import {
  type AxisValues,
  bypassed,
  CLONE_IN_DOCKER_MUTANTS,
  CLONE_MUTANTS,
  check,
  clonesThroughProxy,
  counted,
  type Evidence,
  endsAs,
  executorAxis,
  type Finding,
  GET_SOURCES_HOOK,
  GIT_PROJECT,
  type GitWorldContent,
  gitAbilities,
  gitConfig,
  gitNeeds,
  gitWorld,
  isInDocker,
  type JobSpec,
  jobEnd,
  jobEnvironment,
  jobsEnd,
  jobTaken,
  nothingDirect,
  plainInDocker,
  proxyAxis,
  type RunnerConfig,
  runGitJobs,
  type Stage,
  scenario,
  traceLines,
  whilePolling,
} from '../../harness/kit/index.ts';
import { withSubmodule } from './_submodule.ts';

const HOOKS = ['page', 'again', 'fails', 'submodule'] as const;
type Hook = (typeof HOOKS)[number];
const hookOf = (axes: AxisValues): Hook => HOOKS.find((each) => each === axes['hook']) ?? 'page';

/** What the hook prints. The runner may show the command as well, but not as a line that is nothing else. */
const RAN = 'proxyproof-hook-ran';

const job: JobSpec = {
  repository: GIT_PROJECT,
  script: ['git rev-parse HEAD'],
  allowGitFetch: true,
  variables: { GIT_STRATEGY: 'fetch' },
};

const CONTENT: Readonly<Record<Hook, GitWorldContent>> = {
  page: {},
  again: { job },
  fails: {},
  submodule: withSubmodule,
};

const ACTS: Readonly<Record<Hook, (stage: Stage) => Promise<void>>> = {
  page: runWithHook,
  again: runTwice,
  fails: (stage) => runGitJobs(stage, { ...upperCase(stage), getSourcesHook: `${GET_SOURCES_HOOK}; false` }),
  submodule: runWithHook,
};

const JUDGES: Readonly<Record<Hook, (evidence: Evidence) => readonly Finding[]>> = {
  page: (evidence) => clonesThroughProxy(evidence),
  again: (evidence) =>
    clonesThroughProxy(evidence, () => [endsAs(evidence, 'success', 1), ranOnce(evidence, 0), ranOnce(evidence, 1)]),
  fails: (evidence) => {
    const untaken = jobTaken(evidence);
    return untaken
      ? [untaken, nothingDirect(evidence)]
      : [endsAs(evidence, 'failed'), gitIsNotStarted(evidence), nothingDirect(evidence)];
  },
  submodule: (evidence) => clonesThroughProxy(evidence),
};

export default scenario({
  id: 'git/hook-alone',
  asks: 'Does the hook alone carry the clone through the proxy?',
  explains:
    "The job has HTTP_PROXY and HTTPS_PROXY in upper case only; git ignores HTTP_PROXY for http URLs. So only the page's hook, which copies it to git's http.proxy, can send the clone of an http GitLab through the proxy. With the shell executor the job gets the variables from the runner's own process. With executor=docker they are those of the page's `environment` in upper case, hook and clone run in the helper container, and nothing of the runner's process is in it. Judged as git/clone-through-proxy. With hook=again two jobs of one checkout run one after the other, the second by a fetch, and the hook prints a line besides: it must be once in each trace. With hook=fails its last command fails: the job must fail, and git must not be started. With hook=submodule the project has a submodule, of which the same must hold: the job looks into it. The control has no hook: the clone must then fail, its connection caught by the tripwire.",
  axes: { hook: { values: HOOKS, default: 'page' }, executor: executorAxis, proxy: proxyAxis },
  where: (axes) => plainInDocker(axes) && (hookOf(axes) === 'page' || (!isInDocker(axes) && axes['proxy'] === 'basic')),
  needs: gitNeeds,
  abilities: (context) =>
    gitAbilities(
      context,
      'get-sources-hook',
      ...(isInDocker(context.axes) ? (['environment'] as const) : []),
      ...(hookOf(context.axes) === 'submodule' ? (['submodules'] as const) : []),
    ),
  work: 1000,
  world: ({ axes }) => gitWorld(axes, CONTENT[hookOf(axes)]),
  act: (stage) => ACTS[hookOf(stage.axes)](stage),
  judge: (evidence, { axes }) => JUDGES[hookOf(axes)](evidence),
  mutants: [
    ...CLONE_MUTANTS,
    ...CLONE_IN_DOCKER_MUTANTS,
    'docker-hook-in-build',
    'skips-the-hook',
    'hook-after-git',
    'hook-for-new-checkouts-only',
    'hook-twice',
    'hook-fails-quietly',
    'undoes-hook-before-submodules',
    'skips-submodules',
    'reports-success-for-failed-job',
  ],
  control: { without: 'the hook', act: (stage) => runGitJobs(stage, upperCase(stage)) },
});

/** What gives the job the upper-case variables where the runner's process does not. */
function upperCase({ world, axes }: Stage): Partial<RunnerConfig> {
  if (!isInDocker(axes)) return {};
  return { environment: jobEnvironment(world.proxy.url).filter((entry) => /^[A-Z_]+=/.test(entry)) };
}

function runWithHook(stage: Stage): Promise<void> {
  return runGitJobs(stage, { ...upperCase(stage), getSourcesHook: GET_SOURCES_HOOK });
}

/** Two jobs of one checkout. */
async function runTwice(stage: Stage): Promise<void> {
  const config = gitConfig(stage, { ...upperCase(stage), getSourcesHook: `${GET_SOURCES_HOOK}; echo ${RAN}` });
  await whilePolling(stage, config, async () => {
    await jobsEnd(stage);
    if (bypassed(stage.world.evidence)) return;
    stage.world.gitlab.queue(job);
    await jobsEnd(stage, 2);
  });
}

function ranOnce(evidence: Evidence, nth: number): Finding {
  const times = traceLines(evidence, nth).filter((line) => stripVTControlCharacters(line).trim() === RAN).length;
  const seen = times === 0 ? 'it was not run' : times === 1 ? 'it was' : `it was run ${times} times`;
  const which = nth === 0 ? 'a new checkout' : 'a checkout that was there';
  return check(times === 1, `the hook is run once for ${which}`, seen, jobEnd(evidence, nth));
}

function gitIsNotStarted(evidence: Evidence): Finding {
  const asked = evidence.gitlab('git');
  const seen = asked.length === 0 ? 'none did' : `${counted(asked.length, 'requests')} did`;
  return check(asked.length === 0, 'no request of git arrives when the hook has failed', seen, ...asked.slice(0, 3));
}
