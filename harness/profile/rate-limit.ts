/** How a request that was answered with 429 is issued again. */
export type Retry =
  /** It is issued again after a wait of this length, in milliseconds. */
  | { readonly do: 'wait'; readonly ms: number }
  /** It is issued again: after `Retry-After`, else after the default back-off, whose length the page leaves open. */
  | { readonly do: 'back-off' };

/** What becomes of a request that was answered with 429. */
export type Reaction =
  | Retry
  /** No further action: the error is reported. */
  | { readonly do: 'report' };

/** The page's rules for rate-limited requests. A valid reset time is waited for in every version. */
export interface RateLimitRules {
  /** The statuses after which a request is issued again. */
  readonly retries: readonly number[];
  /** The reset time is there, but no date. */
  readonly onInvalid: Retry;
  /** There is no reset time. */
  readonly onAbsent: Reaction;
  /** Whether `Retry-After` is described. */
  readonly describesRetryAfter: boolean;
  /** How many requests one call makes until it gives up: the fewest and the most that the page's words allow. */
  readonly requests: { readonly least: number; readonly most: number };
  /** The error with which it gives up; undefined where that is the error of the final response. */
  readonly givesUpWith: string | undefined;
}
