import { headerOf } from '../../../ledger/index.ts';
import type { Activity } from '../activity.ts';
import type { CallSignals } from '../http/retrying.ts';
import type { RunnerLog } from '../log.ts';
import type { ApiClient, ApiResult } from './client.ts';
import { type JobPayload, jobPayload } from './job-payload.ts';
import { runnerInfo, SYSTEM_ID } from './payload.ts';

/** What a poll brought. */
export interface PollResult {
  readonly job?: JobPayload;
  readonly result: ApiResult;
}

/** Asks for a job, and says in the log what came of it. */
export async function requestJob(
  api: ApiClient,
  log: RunnerLog,
  activity: Activity,
  signals: CallSignals,
): Promise<PollResult> {
  const { behaviour, config } = api;
  const tokenHeader = behaviour.api.runnerTokenHeader;
  const result = await api.request(
    activity,
    {
      kind: 'job',
      method: 'POST',
      path: 'jobs/request',
      headers: tokenHeader === undefined ? {} : { [tokenHeader]: config.token },
      json: {
        info: runnerInfo(behaviour, config),
        token: config.token,
        ...(behaviour.api.systemId ? { system_id: SYSTEM_ID } : {}),
        ...(api.lastUpdate === undefined ? {} : { last_update: api.lastUpdate }),
      },
      wantsJsonOn: 201,
    },
    signals,
  );
  if (result.status === 201) {
    const parsed = jobPayload.safeParse(result.json);
    if (parsed.success) {
      log('info', 'Checking for jobs... received', { job: parsed.data.id });
      return { job: parsed.data, result };
    }
    log('warning', 'Checking for jobs... failed', { status: `decoding json payload: ${parsed.error.message}` });
  } else if (result.status === 403) log('error', 'Checking for jobs... forbidden');
  else if (result.status === 204) log('debug', 'Checking for jobs... nothing');
  else log('warning', 'Checking for jobs... failed', { status: result.text });
  return { result };
}

/** What GitLab thinks of a job, by the headers of its answers to updates and traces. */
export interface RemoteState {
  readonly state: string | undefined;
  /** Milliseconds, when GitLab asks for another interval. */
  readonly updateInterval: number | undefined;
  /** The job is over for GitLab: nothing more is wanted of it. */
  readonly aborted: boolean;
  /** The job is to end in an orderly way. */
  readonly canceling: boolean;
}

const MAX_UPDATE_INTERVAL_MS = 15 * 60_000;

/** Reads `Job-Status` and `X-GitLab-Trace-Update-Interval`. */
export function remoteState(result: ApiResult): RemoteState {
  const headers = result.answer?.headers ?? [];
  const state = headerOf(headers, 'Job-Status');
  const seconds = Number(headerOf(headers, 'X-GitLab-Trace-Update-Interval'));
  return {
    state,
    updateInterval: seconds > 0 ? Math.min(seconds * 1000, MAX_UPDATE_INTERVAL_MS) : undefined,
    aborted: result.status === 403 || state === 'canceled' || state === 'failed',
    canceling: state === 'canceling',
  };
}

/** A job that is to be updated. */
export interface JobReference {
  readonly id: number;
  readonly token: string;
}

/** What an update says. */
export interface JobUpdate {
  readonly state: 'running' | 'success' | 'failed';
  readonly failureReason?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly checksum: string;
  readonly bytesize: number;
}

/** Tells GitLab how a job stands. */
export function updateJob(
  api: ApiClient,
  job: JobReference,
  update: JobUpdate,
  activity: Activity,
  signals: CallSignals,
): Promise<ApiResult> {
  const { behaviour, config } = api;
  const tokenHeader = behaviour.api.updateTokenHeader;
  return api.request(
    activity,
    {
      kind: 'update',
      method: 'PUT',
      path: `jobs/${job.id}`,
      headers: tokenHeader === undefined ? {} : { [tokenHeader]: job.token },
      json: {
        info: runnerInfo(behaviour, config),
        token: job.token,
        state: update.state,
        ...(update.failureReason === undefined ? {} : { failure_reason: update.failureReason }),
        checksum: update.checksum,
        output: { checksum: update.checksum, bytesize: update.bytesize },
        ...(update.exitCode === undefined ? {} : { exit_code: update.exitCode }),
      },
    },
    signals,
  );
}

/**
 * Sends a piece of the trace.
 * @param start its offset in the whole, in bytes
 */
export function patchTrace(
  api: ApiClient,
  job: JobReference,
  content: Buffer,
  start: number,
  activity: Activity,
  signals: CallSignals,
): Promise<ApiResult> {
  return api.request(
    activity,
    {
      kind: 'trace',
      method: 'PATCH',
      path: `jobs/${job.id}/trace`,
      headers: {
        'Content-Type': 'text/plain',
        'Content-Range': `${start}-${start + content.length - 1}`,
        'Job-Token': job.token,
      },
      body: { bytes: content },
    },
    signals,
  );
}
