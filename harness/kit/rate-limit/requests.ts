import type { Axis, AxisValues, Stage } from '../../conformance/authoring.ts';
import type { GitlabSpec } from '../../gitlab/spec.ts';
import { issueRequest } from '../requests/make.ts';
import { requestJobs } from '../requests/requests.ts';
import { configFor } from '../running/config.ts';

/** The kinds of request that a 429 may answer; all of them are under the same rule. */
export const LIMITED_KINDS = ['job', 'trace', 'update', 'register', 'verify', 'upload', 'download'] as const;
/** One more, which goes the same way through a runner as a registration: it is asked about where a rule is, not where shapes are. */
const RARE_KINDS = ['unregister'] as const;
/** A kind of request that a 429 may answer. */
export type LimitedKind = (typeof LIMITED_KINDS | typeof RARE_KINDS)[number];

/** The axes of every scenario about one limited request. */
export const limitAxes = {
  request: { values: LIMITED_KINDS, default: 'job' },
  body: { values: ['empty', 'json', 'text'] },
  connection: { values: ['keep-alive', 'close'], default: 'keep-alive' },
} as const satisfies Record<string, Axis>;

/** The same with the kinds that few ask about. Those come in one shape. */
export const allLimitAxes = {
  ...limitAxes,
  request: { ...limitAxes.request, values: [...LIMITED_KINDS, ...RARE_KINDS] },
} as const satisfies Record<string, Axis>;

/** Whether a kind that few ask about comes in the one shape that it is asked about in; true of all others. */
export const isUsualShape = ({ request, body, connection }: AxisValues): boolean =>
  !RARE_KINDS.some((each) => each === request) || (body === 'empty' && connection === 'keep-alive');

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

/** What a GitLab must have so that the subject makes a request of this kind. */
export function gitlabForRequest(kind: LimitedKind): Pick<GitlabSpec, 'jobs'> {
  const jobs = requestJobs(kind);
  return jobs.length > 0 ? { jobs } : {};
}

/** Long enough that no second poll falls into a case: what comes again then, comes because of the 429. In seconds. */
export const NO_SECOND_POLL_SECONDS = 3600;

/**
 * Makes the subject issue a request of the case's kind, waits as `during` says, and stops it.
 * @param during waits until there is enough to judge
 * @param env further variables of the runner's own process
 */
export const makeLimitedRequest = (
  stage: Stage,
  during: () => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const config = configFor(stage, { checkInterval: NO_SECOND_POLL_SECONDS });
  return issueRequest(stage, limitedRequestOf(stage.axes), { ...config, env: { ...config.env, ...env } }, during);
};
