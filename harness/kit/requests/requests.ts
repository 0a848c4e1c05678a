import type { Axis, AxisValues } from '../../conformance/authoring.ts';
import type { JobSpec } from '../../gitlab/spec.ts';
import type { Ability } from '../../runner/subject.ts';

/** What every job prints when it runs, so that its trace tells. */
export const JOB_RAN = 'proxyproof-job-ran';
/** What a job prints that got its artifact back. */
export const ARTIFACT_ARRIVED = 'proxyproof-artifact-arrived';

/** A job that prints a line and is over. */
export const shortJob: JobSpec = { script: [`echo ${JOB_RAN}`] };

/** How a runner is made to issue a request. */
interface RequestCause {
  /** What the subject must be able to do. */
  readonly abilities: readonly Ability[];
  /** The job in which the request is made. */
  readonly job?: JobSpec;
}

const REQUESTS = {
  job: { abilities: ['poll'] },
  trace: { abilities: ['poll'], job: shortJob },
  update: { abilities: ['poll'], job: shortJob },
  register: { abilities: ['register'] },
  verify: { abilities: ['verify'] },
  unregister: { abilities: ['unregister'] },
  upload: {
    abilities: ['poll', 'script', 'upload'],
    job: { script: [`echo ${JOB_RAN}`, 'echo content > artifact.txt'], artifacts: ['artifact.txt'] },
  },
  download: {
    abilities: ['poll', 'script', 'download'],
    job: {
      script: [`echo ${JOB_RAN}`, `test -s from-earlier-job.txt && echo ${ARTIFACT_ARRIVED}`],
      downloads: true,
    },
  },
} as const satisfies Record<string, RequestCause>;

/** The kinds of request that a scenario can make a runner issue. */
export type RunnerRequest = keyof typeof REQUESTS;

/** The requests of the runner's own process, which all take its proxy variables. */
const OWN_REQUESTS = ['job', 'trace', 'update', 'register', 'verify', 'unregister'] as const;
/** One of the requests of the runner's own process. */
export type OwnRequest = (typeof OWN_REQUESTS)[number];

/** Which of the runner's own requests a case is about; the job request is left out of a case's id. */
export const ownRequestAxis = { values: OWN_REQUESTS, default: 'job' } as const satisfies Axis;

/** The request that a case is about, by {@link ownRequestAxis}. */
export const ownRequestOf = (axes: AxisValues): OwnRequest =>
  OWN_REQUESTS.find((each) => each === axes['request']) ?? 'job';

/** What the subject must be able to do to make a request of this kind. */
export const requestAbilities = (kind: RunnerRequest): readonly Ability[] => REQUESTS[kind].abilities;

/** The jobs that GitLab must have for the subject to make a request of this kind; none where no job is needed. */
export function requestJobs(kind: RunnerRequest): readonly JobSpec[] {
  const cause: RequestCause = REQUESTS[kind];
  return cause.job ? [cause.job] : [];
}

/** Whether a request of the kind is made only while a job runs. */
export const isOfJob = (kind: RunnerRequest): boolean => requestJobs(kind).length > 0;
