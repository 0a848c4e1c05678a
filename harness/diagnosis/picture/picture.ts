import type { Assigned, Document, Place, Program, RunnerFacts } from '../documents/document.ts';

/** Whose an assignment is. */
export type Scope =
  /** A service of the host: `docker`, `gitlab-runner`, `cntlm`, or another unit, without `.service`. */
  | { readonly of: 'service'; readonly unit: string }
  /** All containers of a runner's jobs, or the jobs themselves where they run on the host. */
  | { readonly of: 'jobs'; readonly runner: RunnerFacts }
  /** A service container alone, in config.toml or .gitlab-ci.yml. */
  | { readonly of: 'service-container'; readonly name: string }
  /** .gitlab-ci.yml: of one job, or of all where `job` is undefined. */
  | { readonly of: 'ci'; readonly job: string | undefined }
  /** daemon.json's `proxies`; names are those of variables: HTTP_PROXY, HTTPS_PROXY, NO_PROXY. */
  | { readonly of: 'daemon-json' }
  /** config.json's `proxies`, for containers that the docker CLI starts; names as variables. */
  | { readonly of: 'docker-cli'; readonly daemon: string }
  /** /etc/environment, profiles: what shells on the host get. */
  | { readonly of: 'shell' }
  /** What `env` printed in a job or on the host. */
  | { readonly of: 'dump' }
  /** git's http.proxy, as HTTP_PROXY. */
  | { readonly of: 'git' };

/** An assignment of a proxy variable with whose it is. */
export interface Setting extends Assigned {
  readonly scope: Scope;
  /** Upper case, without dashes: HTTP_PROXY, HTTPS_PROXY, NO_PROXY, ALL_PROXY or FTP_PROXY. */
  readonly variable: Variable;
  /** Whether nothing later replaces it for the same scope and spelling. */
  readonly effective: boolean;
}
export type Variable = 'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY' | 'ALL_PROXY' | 'FTP_PROXY';

type OfKind<K extends Document['kind']> = Extract<Document, { kind: K }>;

/** What all files together tell of a customer's machine. */
export interface Picture {
  readonly documents: readonly Document[];
  /** Those of one kind, in the bundle's order. */
  all<K extends Document['kind']>(kind: K): readonly OfKind<K>[];
  /** Every proxy variable that is set anywhere. */
  readonly settings: readonly Setting[];
  /** Those that count in a scope. */
  effective(of: Scope['of'], which?: (scope: Scope) => boolean): readonly Setting[];
  readonly runners: readonly RunnerFacts[];
  /** Lines of all logs. */
  readonly lines: readonly LogLine[];
  /** The version of a program, where a file tells it. */
  version(program: Program): (Place & { readonly version: string }) | undefined;
  /** Proxies that any file names as such. */
  readonly proxies: readonly ProxySeen[];
  /** GitLab's hosts: of every url in config.toml, and of API requests in logs. */
  readonly gitlabHosts: readonly string[];
  /**
   * Whether a host is one of the customer's own: a private address, a name without dots, or below a domain that a proxy, a GitLab or NO_PROXY of
   * these files has; never a well-known public one, such as gitlab.com or registry-1.docker.io.
   */
  isInternal(host: string): boolean;
  /** Whether the list of a scope's NO_PROXY has a host, for Go's clients; false where no list is set. */
  excepts(settings: readonly Setting[], host: string): boolean;
}

export interface LogLine extends Place {
  readonly text: string;
  readonly of: OfKind<'log'>['of'];
  /** When it was written, in seconds of the day, where the line tells. */
  readonly time?: number;
}

/** A proxy as some value names it. */
export interface ProxySeen extends Place {
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly hasCredentials: boolean;
  readonly setting: Setting;
}
