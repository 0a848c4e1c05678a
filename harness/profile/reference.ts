/** How a version of gitlab-runner signs its requests. */
export interface ApiTraits {
  /** The header that carries the runner's token, beside the body. */
  readonly runnerTokenHeader: string | undefined;
  /** The header that carries the job's token when a job is updated. */
  readonly updateTokenHeader: string | undefined;
  /** Whether every call has an `X-Request-Id`, the same for all its tries, and the log's line about it a correlation id. */
  readonly requestId: boolean;
  /** Whether bodies name the machine by `system_id`. */
  readonly systemId: boolean;
}

/** What the reference runner takes from the version that it stands for, where the page leaves it open. */
export interface ReferenceTraits {
  /** The version that it says it is. */
  readonly version: string;
  readonly api: ApiTraits;
  /** Whether a call that gives up waits as its last answer asks, too. */
  readonly waitsAfterLast: boolean;
  /** Whether each of the Docker executor's own stages has a helper container of its own. */
  readonly helperForEachStage: boolean;
}
