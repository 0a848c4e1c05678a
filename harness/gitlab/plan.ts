import type { RequestKind } from '../ledger/index.ts';

/** The value of a `RateLimit-ResetTime` header, in whichever form a scenario needs it. */
export type ResetTime =
  /** A moment this many seconds after the answer is made (negative: in the past), rounded up to a whole second. */
  | { readonly inSeconds: number; readonly format?: DateFormat }
  /** This text, as it stands. */
  | { readonly literal: string };

/** How a moment is spelled. `rfc1123` is what the page asks for. */
export type DateFormat =
  | 'rfc1123'
  | 'rfc1123-utc'
  | 'numeric-zone'
  | 'rfc850'
  | 'asctime'
  | 'iso8601'
  | 'epoch'
  | 'padded';

/** How an answer's body looks: `empty` has Content-Length 0, `json` is GitLab's own error, `text` a proxy-like page. */
export type BodyShape = 'empty' | 'json' | 'text';

/** An answer that the mock gives in place of its ordinary one. */
export interface Answer {
  readonly status: number;
  /** The reason phrase; the usual one by default. */
  readonly reason?: string;
  readonly resetTime?: ResetTime;
  /** The exact spelling of the reset-time header; `RateLimit-ResetTime` by default. */
  readonly resetTimeHeader?: string;
  /** Sends the reset-time header this many times; once by default. */
  readonly resetTimeCopies?: number;
  /** Sends the reset-time header after all others; before them by default. */
  readonly resetTimeLast?: boolean;
  /** The value of `Retry-After`: seconds, or a literal text. */
  readonly retryAfter?: number | string;
  /** `RateLimit-Reset` as GitLab has it: the moment so many seconds after the answer is made, in seconds since the epoch. */
  readonly rateLimitReset?: { readonly inSeconds: number };
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: BodyShape;
  /** `close` sends `Connection: close` and closes; `keep-alive` by default. */
  readonly connection?: 'keep-alive' | 'close';
  /** Waits this long, in milliseconds on the world's clock, before the answer's first byte. */
  readonly delayMs?: number;
}

/** What may happen instead of an answer. */
export type PlannedFailure =
  | { readonly reset: 'before-answer' | 'mid-body' | 'after-taking' }
  | { readonly hang: true };

/** One rule of a plan: these requests, that often, get this. */
export interface PlanStep {
  readonly on: RequestKind | readonly RequestKind[];
  /** How many requests of each kind the step answers; afterwards the next step, or success, has its turn. */
  readonly times: number | 'ever';
  /** Lets this many requests of the kind pass first; 0 by default. */
  readonly after?: number;
  readonly give: Answer | PlannedFailure;
}

/** What a mock GitLab answers out of turn: a list of steps, each spent in order for each request kind; then success. */
export type Plan = readonly PlanStep[];
