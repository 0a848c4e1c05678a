import type { Axis, AxisValues, Need, Stage } from '../../conformance/authoring.ts';
import type { GitlabSpec, JobSpec, RepositorySpec } from '../../gitlab/spec.ts';
import { GET_SOURCES_HOOK, jobEnvironment } from '../../recipes/index.ts';
import type { Ability, RunnerConfig } from '../../runner/subject.ts';
import type { WorldSpec } from '../../world/spec.ts';
import { isTls, proxyNeeds, proxyOf } from '../axes.ts';
import { dockerConfig } from '../docker/executor.ts';
import { configFor } from '../running/config.ts';
import { jobsEnd } from '../running/jobs-end.ts';
import { whilePolling } from '../running/while.ts';

/** The project that jobs are of. */
export const GIT_PROJECT = 'group/project';

/** Where sources are got: where the runner lives, or in the helper container. */
export const executorAxis = { values: ['shell', 'docker'], default: 'shell' } as const satisfies Axis;

/** Whether a case gets its sources in the helper container. */
export const isInDocker = (axes: AxisValues): boolean => axes['executor'] === 'docker';

/** In containers nothing more is asked than whether it holds there, too: of one proxy, and of the plainest shape. */
export const plainInDocker = (axes: AxisValues): boolean =>
  !isInDocker(axes) || (axes['proxy'] === 'basic' && !isTls(axes));

/** What the machine must have for a case that clones. @param others what it needs apart from git, the proxy and the executor */
export const gitNeeds = ({ axes }: { axes: AxisValues }, ...others: Need[]): readonly Need[] =>
  proxyNeeds(axes, 'git', ...(isInDocker(axes) ? (['docker'] as const) : []), ...others);

/** What a subject must be able to do in a case that clones. @param others what it must do apart from polling and getting sources */
export const gitAbilities = ({ axes }: { axes: AxisValues }, ...others: Ability[]): readonly Ability[] => [
  'poll',
  'git',
  ...(isTls(axes) ? (['custom-ca'] as const) : []),
  ...(isInDocker(axes) ? (['docker'] as const) : []),
  ...others,
];

/** What a GitLab has for jobs that clone: what differs from one project of one commit, and one job. */
export interface GitWorldContent extends Pick<GitlabSpec, 'plan' | 'traceUpdateInterval' | 'lfsAtStorage'> {
  readonly job?: JobSpec;
  readonly project?: Partial<RepositorySpec>;
  /** Other repositories than the project. */
  readonly others?: readonly RepositorySpec[];
}

/** A world whose GitLab has the project, and jobs that clone it. */
export function gitWorld(axes: AxisValues, of: GitWorldContent): WorldSpec {
  return {
    gitlab: {
      tls: isTls(axes),
      repositories: [...(of.others ?? []), { path: GIT_PROJECT, ...of.project }],
      jobs: [{ repository: GIT_PROJECT, script: ['git rev-parse HEAD'], ...of.job }],
      ...(of.plan ? { plan: of.plan } : {}),
      ...(of.lfsAtStorage ? { lfsAtStorage: true } : {}),
      ...(of.traceUpdateInterval === undefined ? {} : { traceUpdateInterval: of.traceUpdateInterval }),
    },
    proxy: proxyOf(axes),
    children: true,
    ...(isInDocker(axes) ? { docker: {} } : {}),
  };
}

/** How jobs get the proxy as the page has it: the hook, and the `environment` with both spellings. */
export const pageSources = ({ world }: Pick<Stage, 'world'>): Partial<RunnerConfig> => ({
  getSourcesHook: GET_SOURCES_HOOK,
  environment: jobEnvironment(world.proxy.url),
});

/** The configuration of the runner of a case. @param differs how it is configured for its jobs */
export const gitConfig = (stage: Stage, differs: Partial<RunnerConfig>): RunnerConfig =>
  configFor(stage, { ...(isInDocker(stage.axes) ? { docker: dockerConfig(stage) } : {}), ...differs });

/** Has the queued jobs run. @param differs how the runner is configured for its jobs */
export function runGitJobs(stage: Stage, differs: Partial<RunnerConfig>, limitMs?: number): Promise<void> {
  return whilePolling(stage, gitConfig(stage, differs), () => jobsEnd(stage, 1, limitMs));
}

/** The mutants that fail every scenario in which sources come through the proxy. */
export const CLONE_MUTANTS = [
  'never-uses-proxy',
  'proxies-only-job-requests',
  'sends-credentials-once',
  'git-goes-direct',
] as const;

/** Those that also fail them in containers. */
export const CLONE_IN_DOCKER_MUTANTS = ['docker-omits-helper', 'docker-omits-upper-case'] as const;
