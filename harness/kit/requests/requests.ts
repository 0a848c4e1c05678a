import type { Axis, AxisValues, Stage } from '../../conformance/authoring.ts';
import type { JobSpec } from '../../gitlab/spec.ts';
import type { Ability, RunnerConfig } from '../../runner/subject.ts';
import { bypassed, jobsEnd } from '../running/jobs-end.ts';
import { START_LIMIT_MS } from '../running/limits.ts';
import { whileCommand, whilePolling } from '../running/while.ts';

const requestKinds = ['job', 'trace', 'update', 'register', 'verify', 'unregister'] as const;
export type ApiKind = (typeof requestKinds)[number];

/** Every request that a runner makes for itself. */
export const apiRequestAxis = { values: requestKinds, default: 'job' } as const satisfies Axis;

export const requestOf = (axes: AxisValues): ApiKind => (axes['request'] ?? 'job') as ApiKind;

const isCommand = (kind: ApiKind): kind is 'register' | 'verify' | 'unregister' =>
  kind === 'register' || kind === 'verify' || kind === 'unregister';

/** Whether a request of the kind is made only while a job runs. */
export const isOfJob = (kind: ApiKind): boolean => kind === 'trace' || kind === 'update';

/** A job that prints a line and is over. */
const shortJob: JobSpec = { script: ['echo proxyproof-job-ran'] };

export const requestJobs = (kind: ApiKind): readonly JobSpec[] => (isOfJob(kind) ? [shortJob] : []);

export const requestAbilities = (kind: ApiKind): readonly Ability[] => (isCommand(kind) ? [kind] : ['poll']);

/** Makes the subject issue a request of the kind, and waits until it has an answer or went around the proxy. */
export async function makeRequest(stage: Stage, kind: ApiKind, config: RunnerConfig): Promise<void> {
  const answered = async (): Promise<void> => {
    await stage.world.waitFor(
      `an answer to a ${kind} request`,
      (seen) => bypassed(seen) || seen.gitlab(kind).some((each) => each.answered !== undefined),
      START_LIMIT_MS,
    );
  };
  if (isCommand(kind)) await whileCommand(stage, kind, config, answered);
  else await whilePolling(stage, config, () => (isOfJob(kind) ? jobsEnd(stage) : answered()));
}
