import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../clock/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { ProfileName } from '../profile/index.ts';

/** Something a subject may or may not be able to do; what it cannot do makes a scenario skip. */
export type Ability =
  | 'poll'
  /** Runs the lines of a job's script in a shell, so that what they print comes into the trace, and their exit code ends the job. */
  | 'script'
  | 'register'
  | 'verify'
  | 'unregister'
  | 'run-single'
  | 'git'
  | 'get-sources-hook'
  | 'submodules'
  | 'lfs'
  | 'upload'
  | 'download'
  /** Sends what a job has printed within seconds, while the job goes on. */
  | 'early-trace'
  /** Tells that a job which prints nothing still runs. */
  | 'keep-alive'
  /** Runs more than one job at once. */
  | 'concurrent'
  /** Asks to be sent to object storage for a download, rather than through GitLab. */
  | 'direct-download'
  | 'custom-ca'
  /** A CA in certs/HOST.crt, of a directory of the case's own. */
  | 'certs-dir'
  /** A certificate of its own for GitLab: tls-cert-file and tls-key-file. */
  | 'client-certificate'
  | 'environment'
  | 'check-interval'
  | 'graceful-stop'
  /** A Docker executor: jobs in containers, with helper and services. */
  | 'docker'
  /** `pre_build_script` of config.toml. */
  | 'pre-build-script'
  | 'cache'
  /** Being installed on a machine of its own, as a service. */
  | 'service';

/** Which runner is judged. */
export interface SubjectIdentity<K extends string = string> {
  /** As the registry of subjects names it. */
  readonly kind: K;
  /** What a runner is called whose kind does not say it: one that is driven by a driver of the user's own. */
  readonly name?: string;
  readonly version: string;
  /** The binary's path; for the reference runner its name, such as `reference:ignores-the-header`. */
  readonly path: string;
}

/** A program started for a subject, inside the world's isolation. */
export interface SubjectProcess {
  readonly id: string;
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended; never rejects. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Sends a signal to the program itself. */
  kill(signal: NodeJS.Signals): void;
}

/** Where a subject lives: the world's names, its clock, and the only ways out. */
export interface SubjectHost {
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** How bypasses are kept in: see `case-start` in the ledger. */
  readonly isolation: 'namespace' | 'dialer' | 'names';
  /** A directory of the case's own, removed with the world; HOME of whatever the subject starts. */
  readonly dir: string;
  /** A command that opens a shell where the subject lives, for a person; only when that is a namespace. */
  readonly enter?: string | undefined;
  /** Aborts when the world is taken down: a runner that lives in this process ends then, as a process would. */
  readonly gone?: AbortSignal;
  /**
   * Starts a program. Its environment is exactly `env` plus HOME, PATH, LANG and the run's label: nothing of the
   * caller's own environment reaches it.
   * @param options.log records every output line in the ledger, as the subject's; on by default
   */
  spawn(
    command: string,
    args: readonly string[],
    options?: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string; readonly log?: boolean },
  ): Promise<SubjectProcess>;
  /**
   * Opens a connection as a process of the subject would: the proxy is reachable, the origins' names lead where the
   * world lets them lead. For the reference runner, which lives in this process.
   * @throws an error with code ENOTFOUND or ECONNREFUSED, as the system would give
   */
  connect(host: string, port: number): Promise<Socket>;
  /**
   * Looks a name up as a process of the subject would.
   * @throws an error with code ENOTFOUND
   */
  resolve?(host: string): string;
}

/** A service container of every job: `[[runners.docker.services]]`. */
export interface ServiceConfig {
  readonly name: string;
  readonly alias?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  /** From 15.x on a service's own variables, as `NAME=value`; older runners give it the job's. */
  readonly environment?: readonly string[];
}

/** The Docker executor's part of config.toml: `[runners.docker]`. */
export interface DockerExecutorConfig {
  /** The engine, as `unix:///path`. */
  readonly host: string;
  readonly image: string;
  readonly helperImage: string;
  readonly privileged?: boolean;
  readonly pullPolicy?: 'always' | 'if-not-present' | 'never';
  readonly services?: readonly ServiceConfig[];
  /** `name:address` each. */
  readonly extraHosts?: readonly string[];
  /** `source:target[:ro]`, or a path for an anonymous volume. */
  readonly volumes?: readonly string[];
  /** A network for each job (FF_NETWORK_PER_BUILD) in place of the default bridge with links. */
  readonly networkPerBuild?: boolean;
  /** How long a service may take to open its port, in seconds; the runner's own default is 30. */
  readonly waitForServicesSeconds?: number;
}

/** An S3 cache: `[runners.cache]`. */
export interface CacheConfig {
  /** Host and port. */
  readonly serverAddress: string;
  readonly insecure: boolean;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** A client's certificate and its key, as absolute paths of PEM files. */
export interface ClientCertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** How a runner is configured, whatever its own format. */
export interface RunnerConfig {
  readonly url: string;
  readonly token: string;
  /** The environment of the runner's own process: the proxy variables. */
  readonly env: Readonly<Record<string, string>>;
  /** Seconds between polls. */
  readonly checkInterval: number;
  /** The hook that the profile's page names for the get-sources step: a shell script. */
  readonly getSourcesHook?: string;
  /** `pre_build_script` of config.toml: runs in the build container, before the job's own script. */
  readonly preBuildScript?: string;
  /** Jobs run in containers; in the shell executor without it. */
  readonly docker?: DockerExecutorConfig;
  readonly cache?: CacheConfig;
  /** `environment` of config.toml: what jobs get, as `NAME=value`. */
  readonly environment?: readonly string[];
  /** PEM of the CA that signed GitLab's certificate. */
  readonly caPem?: string;
  /** A file with that CA, as an absolute path, in place of `caPem`: `tls-ca-file`. It may be written anew. */
  readonly caFile?: string;
  /** The directory that stands for /etc/gitlab-runner/certs, as an absolute path: a CA is in HOST.crt there. */
  readonly certsDir?: string;
  /** By which it says who it is to GitLab: `tls-cert-file` and `tls-key-file`. Both may be written anew. */
  readonly clientCertificate?: ClientCertificateFiles;
  /** How many jobs at once; 1 by default. */
  readonly concurrent?: number;
}

/** How a command that ends by itself ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A runner that polls. */
export interface RunningSubject extends AsyncDisposable {
  /** Settles when it ended by itself or was stopped. */
  readonly ended: Promise<CommandResult>;
  /**
   * @param how `graceful` lets a running job finish, `forced` does not
   * @throws Error when it is still there after its driver's limit; it has been killed then
   */
  stop(how: 'graceful' | 'forced'): Promise<CommandResult>;
}

/** A subject in a world, ready to run. Each case gets a new one. */
export interface Subject {
  readonly identity: SubjectIdentity;
  /** Starts the poll loop. */
  run(config: RunnerConfig): Promise<RunningSubject>;
  register(config: RunnerConfig, registrationToken: string): Promise<CommandResult>;
  verify(config: RunnerConfig): Promise<CommandResult>;
  unregister(config: RunnerConfig): Promise<CommandResult>;
  /** Takes jobs one by one without a configuration file. */
  runSingle(config: RunnerConfig): Promise<RunningSubject>;
}

/** What puts a subject on a machine of its own, so that `/usr/local/bin/gitlab-runner` is there for its service. */
export interface Installation {
  /** What is mounted, as `source:target:ro`; sources are paths of the harness's own machine. */
  readonly volumes: readonly string[];
  /** Programs that are written: absolute path to content. */
  readonly programs?: Readonly<Record<string, string>>;
}

/** Knows how to drive one runner. One is made for a run. */
export interface Driver<K extends string = string> {
  readonly identity: SubjectIdentity<K>;
  /** The profile of the documentation that goes with the subject's version. */
  readonly profile: ProfileName;
  /** Whether it does what the profile's page says, rather than what it does: what is recorded of it goes for that profile alone. */
  readonly actsByProfile?: true;
  /** Which clock its cases get: only the reference runner can live in simulated time. */
  readonly clock: 'real' | 'simulated';
  /** Undefined when it can; otherwise why not, as half a sentence: `it has no register command`. */
  cannot(ability: Ability): string | undefined;
  /** The name of config.toml's key for the get-sources hook in this version, as a report shows it. */
  readonly getSourcesHookName?: string;
  /** The version of the official helper image that goes with it, where there is one. */
  readonly helperVersion?: string;
  /** The program that the helper image of its Docker executor must have at /usr/bin/gitlab-runner-helper. */
  readonly helperProgram?: string;
  /** Which helper that is and how it was chosen, for a report: half a sentence. */
  readonly helperIs?: string;
  /** A sentence for whoever reads the result, where subject and helper do not belong together. */
  readonly helperRemark?: string;
  subject(host: SubjectHost): Subject;
  /** How it is installed on a machine of its own. @throws Error when it cannot be: ask `cannot('service')` first */
  installation?(): Installation;
}
