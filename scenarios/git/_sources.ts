import type { AxisValues, Finding, Need, Stage } from '../../harness/conformance/authoring.ts';
import type { GitlabSpec, JobSpec, RepositorySpec } from '../../harness/gitlab/spec.ts';
import type { Evidence } from '../../harness/ledger/index.ts';
import { GET_SOURCES_HOOK, jobEnvironment } from '../../harness/recipes/index.ts';
import type { Ability, RunnerConfig } from '../../harness/runner/subject.ts';
import type { WorldSpec } from '../../harness/world/spec.ts';
import { endsAs } from '../_job.ts';
import { isTls, proxyNeeds, proxyOf } from '../_proxy.ts';
import { configFor, jobsEnd, whilePolling } from '../_running.ts';
import { jobTaken, nothingDirect, throughProxy } from '../_through-proxy.ts';

/** The project that jobs are of. */
export const PROJECT = 'group/project';

export const gitNeeds = ({ axes }: { axes: AxisValues }, ...others: Need[]): readonly Need[] =>
  proxyNeeds(axes, 'git', ...others);

export const gitAbilities = ({ axes }: { axes: AxisValues }, ...others: Ability[]): readonly Ability[] => [
  'poll',
  'git',
  ...(isTls(axes) ? (['custom-ca'] as const) : []),
  ...others,
];

/** A world whose GitLab has the project, and jobs that clone it. */
export function gitWorld(
  axes: AxisValues,
  of: { job?: JobSpec; project?: Partial<RepositorySpec>; others?: readonly RepositorySpec[] } & Pick<
    GitlabSpec,
    'plan'
  >,
): WorldSpec {
  return {
    gitlab: {
      tls: isTls(axes),
      repositories: [...(of.others ?? []), { path: PROJECT, ...of.project }],
      jobs: [{ repository: PROJECT, script: ['git rev-parse HEAD'], ...of.job }],
      ...(of.plan ? { plan: of.plan } : {}),
    },
    proxy: proxyOf(axes),
    children: true,
  };
}

/** How jobs get the proxy as the page has it: the hook, and the `environment` with both spellings. */
export const asOnThePage = ({ world }: Pick<Stage, 'world'>): Partial<RunnerConfig> => ({
  getSourcesHook: GET_SOURCES_HOOK,
  environment: jobEnvironment(world.proxy.url),
});

/** Has the queued jobs run. @param differs how the runner is configured for its jobs */
export function runJobs(stage: Stage, differs: Partial<RunnerConfig>, limitMs?: number): Promise<void> {
  return whilePolling(stage, configFor(stage, differs), () => jobsEnd(stage, 1, limitMs));
}

/** That the job got its sources, and by the proxy alone; without a job the question could not be put. */
export function clonesThroughProxy(evidence: Evidence, more: () => readonly Finding[] = () => []): readonly Finding[] {
  const untaken = jobTaken(evidence);
  if (untaken) return [untaken, nothingDirect(evidence)];
  return [endsAs(evidence, 'success'), ...throughProxy(evidence, ['git'], 'git requests'), ...more()];
}

/** The mutants that fail every scenario in which sources come through the proxy. */
export const CLONE_MUTANTS = ['never-uses-proxy', 'proxies-only-job-requests', 'git-goes-direct'] as const;
