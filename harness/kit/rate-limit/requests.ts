import type { Axis, AxisValues, Stage } from '../../conformance/authoring.ts';
import type { GitlabSpec, JobSpec } from '../../gitlab/spec.ts';
import type { Ability } from '../../runner/subject.ts';
import { configFor } from '../running/config.ts';
import { whileCommand, whilePolling } from '../running/while.ts';

/** The kinds of request that a 429 may answer; all of them are under the same rule. */
export const LIMITED_KINDS = ['job', 'trace', 'update', 'register', 'verify', 'upload', 'download'] as const;
export type LimitedKind = (typeof LIMITED_KINDS)[number];

/** The axes of every scenario about one limited request. */
export const limitAxes = {
  request: { values: LIMITED_KINDS, default: 'job' },
  body: { values: ['empty', 'json', 'text'] },
  connection: { values: ['keep-alive', 'close'], default: 'keep-alive' },
} as const satisfies Record<string, Axis>;

/** Only the kind of request varies. */
export const limitedRequestAxis = { request: limitAxes.request } as const satisfies Record<string, Axis>;

/** The kind of request a case is about. */
export function limitedRequestOf(axes: AxisValues): LimitedKind {
  return (axes['request'] ?? 'job') as LimitedKind;
}

/**
 * The 429's shape in a case, as a plan takes it. Where a scenario is not about shapes the answer is empty, on a connection
 * that stays open: what a runner makes of other shapes must not be mistaken for what it makes of the header.
 */
export function answerShape(axes: AxisValues): { body: 'empty' | 'json' | 'text'; connection: 'keep-alive' | 'close' } {
  return {
    body: (axes['body'] ?? 'empty') as 'empty' | 'json' | 'text',
    connection: (axes['connection'] ?? 'keep-alive') as 'keep-alive' | 'close',
  };
}

/** What a 429 says in `Retry-After`, in seconds: longer than any runner's first back-off. */
export const RETRY_AFTER_SECONDS = 7;

/** Requests that a runner sends again in its own cycle, rate limits or not: a job's trace, updates and artifacts. */
export const repeatsByItself = (kind: LimitedKind): boolean => ['trace', 'update', 'upload', 'download'].includes(kind);

/** Requests whose fate the job's trace tells, since the runner's helper makes them. */
export const saysItInTheTrace = (kind: LimitedKind): boolean => kind === 'upload' || kind === 'download';

/** What every job prints when it runs, so that its trace tells. */
export const JOB_RAN = 'proxyproof-job-ran';
/** What a job prints that got its artifact back. */
export const ARTIFACT_ARRIVED = 'proxyproof-artifact-arrived';

const jobs: Readonly<Record<LimitedKind, JobSpec | undefined>> = {
  job: undefined,
  trace: { script: [`echo ${JOB_RAN}`] },
  update: { script: [`echo ${JOB_RAN}`] },
  register: undefined,
  verify: undefined,
  upload: { script: [`echo ${JOB_RAN}`, 'echo content > artifact.txt'], artifacts: ['artifact.txt'] },
  download: {
    script: [`echo ${JOB_RAN}`, `test -s from-earlier-job.txt && echo ${ARTIFACT_ARRIVED}`],
    downloads: true,
  },
};

/** What a GitLab must have so that the subject makes a request of this kind. */
export function gitlabForRequest(kind: LimitedKind): Pick<GitlabSpec, 'jobs'> {
  const job = jobs[kind];
  return job ? { jobs: [job] } : {};
}

/** A job that is there when the job request is at last let through. */
export const lateJob: JobSpec = { script: [`echo ${JOB_RAN}`] };

/** What the subject must be able to do to make a request of this kind. */
export function limitedRequestAbilities(kind: LimitedKind): readonly Ability[] {
  switch (kind) {
    case 'register':
    case 'verify':
      return [kind];
    case 'upload':
    case 'download':
      return ['poll', kind];
    default:
      return ['poll'];
  }
}

/** Long enough that no second poll falls into a case: what comes again then, comes because of the 429. In seconds. */
export const NO_SECOND_POLL = 3600;

/**
 * Makes the subject issue a request of the case's kind, waits as `during` says, and stops it.
 * @param during waits until there is enough to judge
 */
export function makeLimitedRequest(stage: Stage, during: () => Promise<void>): Promise<void> {
  const kind = limitedRequestOf(stage.axes);
  const config = configFor(stage, { checkInterval: NO_SECOND_POLL });
  return kind === 'register' || kind === 'verify'
    ? whileCommand(stage, kind, config, during)
    : whilePolling(stage, config, during);
}
