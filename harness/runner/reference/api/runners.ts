import type { Activity } from '../activity.ts';
import type { CallSignals } from '../http/retrying.ts';
import type { RunnerLog } from '../log.ts';
import type { ApiClient, ApiResult } from './client.ts';
import { runnerInfo, SYSTEM_ID } from './payload.ts';

/** What the commands about a runner need. */
export interface RunnerCommand {
  readonly api: ApiClient;
  readonly log: RunnerLog;
  readonly activity: Activity;
  readonly signals: CallSignals;
}

const systemId = (api: ApiClient): object => (api.behaviour.api.systemId ? { system_id: SYSTEM_ID } : {});

function tokenHeader(api: ApiClient, token: string): Record<string, string> {
  const name = api.behaviour.api.runnerTokenHeader;
  return name === undefined ? {} : { [name]: token };
}

/** Authentication tokens are verified rather than registered, where the version knows them. */
const isAuthenticationToken = (api: ApiClient, token: string): boolean =>
  api.behaviour.api.systemId && token.startsWith('glrt-');

function verification({ api, activity, signals }: RunnerCommand, token: string): Promise<ApiResult> {
  return api.request(
    activity,
    {
      kind: 'verify',
      method: 'POST',
      path: 'runners/verify',
      headers: tokenHeader(api, token),
      json: { token, ...systemId(api) },
      ...(api.behaviour.api.systemId ? { wantsJsonOn: 200 } : {}),
    },
    signals,
  );
}

/**
 * Registers a runner with a registration token; with an authentication token it is verified (from 16 on).
 * @returns whether GitLab took it
 */
export async function register(command: RunnerCommand, token: string): Promise<boolean> {
  const { api, log, activity, signals } = command;
  const verifies = isAuthenticationToken(api, token);
  const request = {
    kind: 'register' as const,
    method: 'POST',
    path: 'runners',
    headers: tokenHeader(api, token),
    json: {
      description: 'reference',
      tag_list: '',
      run_untagged: true,
      locked: false,
      access_level: 'not_protected',
      info: runnerInfo(api.behaviour, api.config),
      token,
    },
    wantsJsonOn: 201,
  };
  const result = verifies ? await verification(command, token) : await api.request(activity, request, signals);
  if (result.status === (verifies ? 200 : 201)) {
    log('info', 'Registering runner... succeeded');
    return true;
  }
  if (result.status === 403) log('error', 'Registering runner... forbidden (check registration token)');
  else log('error', 'Registering runner... failed', { status: result.text });
  log('fatal', 'Failed to register the runner.');
  return false;
}

/** Asks whether the runner still exists. @returns false only when GitLab says that it does not */
export async function verify(command: RunnerCommand): Promise<boolean> {
  const { api, log } = command;
  const result = await verification(command, api.config.token);
  if (result.status === 200) log('info', 'Verifying runner... is alive');
  else if (result.status === 403) log('error', 'Verifying runner... is removed');
  else log('error', 'Verifying runner... failed', { status: result.text });
  return result.status !== 403;
}

/** Takes the runner out of GitLab. @returns whether GitLab did */
export async function unregister(command: RunnerCommand): Promise<boolean> {
  const { api, log, activity, signals } = command;
  const { token } = api.config;
  const manager = isAuthenticationToken(api, token);
  const result = await api.request(
    activity,
    {
      kind: 'unregister',
      method: 'DELETE',
      path: manager ? 'runners/managers' : 'runners',
      headers: tokenHeader(api, token),
      json: { token, ...(manager ? systemId(api) : {}) },
    },
    signals,
  );
  const what = 'Unregistering runner from GitLab';
  if (result.status === 204) log('info', `${what} succeeded`);
  else if (result.status === 403) log('error', `${what} forbidden`);
  else log('error', `${what} failed`, { status: result.text });
  return result.status === 204;
}
