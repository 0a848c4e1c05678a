import type { ApiTraits } from '../../profile/index.ts';
import type { CorrelationPolicy } from './policies/correlation-policy.ts';
import type { DockerPolicy } from './policies/docker-policy.ts';
import type { GitPolicy, JobPolicy, PollPolicy, TracePolicy } from './policies/job-policies.ts';
import type { ProxyPolicy } from './policies/proxy-policy.ts';
import type { RetryPolicy } from './policies/retry-policy.ts';
import type { TlsPolicy } from './policies/tls-policy.ts';

/** The value of a response header, or undefined. */
export type HeaderLookup = (headers: readonly (readonly [string, string])[], name: string) => string | undefined;

/** One line of the runner's own log. */
export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warning' | 'error' | 'fatal';
  readonly msg: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Everything about the reference runner that a version of the documentation, or a mutant, can have different. The
 * runner itself knows neither: it asks these policies.
 */
export interface Behaviour {
  readonly version: string;
  readonly api: ApiTraits;
  readonly header: HeaderLookup;
  readonly correlation: CorrelationPolicy;
  readonly retry: RetryPolicy;
  readonly proxy: ProxyPolicy;
  readonly tls: TlsPolicy;
  readonly poll: PollPolicy;
  readonly job: JobPolicy;
  readonly trace: TracePolicy;
  readonly git: GitPolicy;
  readonly docker: DockerPolicy;
  /** Whether a wait before a retry ends when the runner is told to stop. */
  readonly stopsWhileWaiting: boolean;
  /** How a line of the log is written. @param time as ISO 8601 has it */
  readonly writesLog: (entry: LogEntry, time: string) => string;
  /** Whether a line is written to the log. */
  readonly logs: (entry: LogEntry) => boolean;
}
