import { headerOf } from '../../../ledger/index.ts';
import type { RunnerConfig } from '../../subject.ts';
import type { Activity } from '../activity.ts';
import type { Behaviour } from '../behaviour.ts';
import { TransportError } from '../http/errors.ts';
import type { Handed } from '../http/handed.ts';
import type { ApiCall, CallBody, CallKind, HttpAnswer, SavedTo } from '../http/message.ts';
import type { CallSignals, RetryingClient } from '../http/retrying.ts';
import type { RunnerTrust } from '../http/trust.ts';
import type { RunnerLog } from '../log.ts';
import { userAgent } from './payload.ts';
import { isJson, jsonOf, statusText } from './status-text.ts';

const REQUEST_ID = 'X-Request-Id';

/** How a call of the API ended. */
export interface ApiResult {
  /** The HTTP status; -1 when no usable answer came, as in the runner's own metrics. */
  readonly status: number;
  /** The status as the log words it. */
  readonly text: string;
  readonly answer?: HttpAnswer;
  readonly json?: unknown;
  readonly error?: TransportError;
}

/** What is asked of the API. */
export interface ApiRequest {
  readonly kind: CallKind;
  readonly method: string;
  /** Below `/api/v4/`, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly json?: object;
  readonly body?: CallBody;
  /** The status whose answer must be JSON. */
  readonly wantsJsonOn?: number;
  readonly saveTo?: SavedTo;
  readonly ofHelper?: ApiCall['ofHelper'];
}

/** GitLab's API, as the runner calls it. */
export class ApiClient {
  readonly behaviour: Behaviour;
  readonly config: RunnerConfig;
  readonly #client: RetryingClient;
  readonly #trust: RunnerTrust;
  readonly #base: string;
  readonly #memory: { lastUpdate?: string | undefined };
  /** The correlation id of the latest call. */
  #latestId: string | undefined;

  constructor(client: RetryingClient, behaviour: Behaviour, config: RunnerConfig, trust: RunnerTrust, memory = {}) {
    this.#memory = memory;
    this.#client = client;
    this.behaviour = behaviour;
    this.config = config;
    this.#trust = trust;
    this.#base = `${config.url.replace(/\/+$/, '').replace(/\/ci$/, '')}/api/v4/`;
  }

  /** What a job is handed for its own connections to GitLab. */
  get handed(): Handed {
    return this.#trust.handed;
  }

  /** `X-GitLab-Last-Update` of the latest answer that had one. */
  get lastUpdate(): string | undefined {
    return this.#memory.lastUpdate;
  }

  /**
   * Calls the API; a failure is a result, not an exception.
   * @throws the signal's reason, when it aborts
   */
  async request(activity: Activity, request: ApiRequest, signals: CallSignals): Promise<ApiResult> {
    const call = this.#call(request);
    try {
      const answer = await this.#client.call(activity, call, signals);
      this.#memory.lastUpdate = headerOf(answer.headers, 'X-GitLab-Last-Update') ?? this.#memory.lastUpdate;
      this.#correlate(call, answer);
      return resultOf(call, answer, request.wantsJsonOn);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      this.#correlate(call);
      return { status: -1, text: error.message, error };
    }
  }

  /** A client for one line of work, such as a job, and the log for it: what that says of a call has the call's correlation id. */
  followed(log: RunnerLog): { readonly api: ApiClient; readonly log: RunnerLog } {
    const api = new ApiClient(this.#client, this.behaviour, this.config, this.#trust, this.#memory);
    return {
      api,
      log: (level, msg, fields = {}) =>
        log(level, msg, api.#latestId === undefined ? fields : { correlation_id: api.#latestId, ...fields }),
    };
  }

  #correlate({ headers }: ApiCall, answer?: HttpAnswer): void {
    const own = headers[REQUEST_ID];
    const answered = headerOf(answer?.headers ?? [], REQUEST_ID);
    this.#latestId = own === undefined ? undefined : this.behaviour.correlation.logsId(own, answered);
  }

  #call(request: ApiRequest): ApiCall {
    const { api } = this.behaviour;
    const headers: Record<string, string> = { 'User-Agent': userAgent(this.behaviour) };
    if (request.json) headers['Content-Type'] = 'application/json';
    if (request.wantsJsonOn !== undefined) headers['Accept'] = 'application/json';
    if (api.requestId) headers[REQUEST_ID] = this.behaviour.correlation.makesId();
    for (const [name, value] of Object.entries(request.headers ?? {})) if (value !== undefined) headers[name] = value;
    const body = request.json ? { bytes: Buffer.from(JSON.stringify(request.json)) } : request.body;
    return {
      kind: request.kind,
      method: request.method,
      url: new URL(request.path, this.#base),
      headers,
      ...(body ? { body } : {}),
      ...(request.ofHelper ? { ofHelper: request.ofHelper } : {}),
      ...(request.saveTo === undefined ? {} : { saveTo: request.saveTo }),
    };
  }
}

function resultOf(call: ApiCall, answer: HttpAnswer, wantsJsonOn: number | undefined): ApiResult {
  if (answer.status !== wantsJsonOn) return { status: answer.status, text: statusText(call, answer), answer };
  if (!isJson(answer)) {
    const type = headerOf(answer.headers, 'Content-Type') ?? '';
    return { status: -1, text: `server should return application/json. Got: ${type}`, answer };
  }
  const json = jsonOf(answer);
  if (json === undefined) return { status: -1, text: 'decoding json payload: invalid JSON', answer };
  return { status: answer.status, text: statusText(call, answer), answer, json };
}
