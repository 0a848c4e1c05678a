import type { RunnerConfig } from '../../subject.ts';

/** How a poll ended. */
export type PollOutcome =
  | { readonly got: 'job' }
  | { readonly got: 'nothing' }
  /** GitLab, or a proxy in its place, refused. */
  | { readonly got: 'refusal'; readonly status: number }
  /** No answer came. */
  | { readonly got: 'error'; readonly proxyStatus: number | undefined; readonly proxyUnreachable: boolean };

/** How the poll loop takes what it gets. */
export interface PollPolicy {
  /** Whether polling goes on after this. */
  readonly goesOn: (outcome: PollOutcome) => boolean;
  /**
   * How long to wait before the next poll, in milliseconds.
   * @param interval as it is configured
   * @param failures how many polls in a row have failed
   */
  readonly waits: (interval: number, failures: number) => number;
  /** A line that is logged at the start, beside the documented ones. */
  readonly says: (config: RunnerConfig) => string | undefined;
  /** How many jobs run at once. @param configured config.toml's `concurrent` */
  readonly atOnce: (configured: number) => number;
  /** Whether a job that was handed out is run. */
  readonly takes: (before: PollOutcome | undefined) => boolean;
}

/** A job that runs. */
export interface JobAtWork {
  readonly id: number;
  readonly token: string;
  /** Prints in its trace. */
  readonly write: (text: string | Buffer) => void;
}

/** How a job ended. */
export interface JobEnd {
  readonly state: 'success' | 'failed';
  /** GitLab's word for the reason, such as `script_failure`. */
  readonly failureReason?: string | undefined;
  readonly exitCode?: number | undefined;
}

/** How a job's script is run, and its end is told. */
export interface JobPolicy {
  /** What GitLab is told of an end. */
  readonly reports: (end: JobEnd) => JobEnd;
  /** What is run of a line. */
  readonly writes: (line: string, of: 'pre_build_script' | 'script' | 'after_script') => string;
  /** What is printed of each piece that a stage's output is read in; made anew for each stage. */
  readonly reads: () => (chunk: Buffer) => Buffer;
  /** After how many seconds a job is ended. @param timeout as GitLab says */
  readonly endsAfter: (timeout: number) => number;
  /** Whether a job ends that GitLab has canceled. */
  readonly endsWhenCanceled: boolean;
  /** Whether the after_script of a job is run. @param failed whether its script did */
  readonly runsAfterScript: (failed: boolean) => boolean;
  /** Whether a job fails when its artifacts could not be moved. */
  readonly failsBy: (what: 'download' | 'upload') => boolean;
  /** Whether a download that is tried again is written over what came before, rather than added to it. */
  readonly downloadsAnew: boolean;
  /** Whether the end of the after_script is the end of the job, whatever became of the script. */
  readonly afterScriptDecides: (code: number | null) => boolean;
  /** In whose trace a job prints. @param atWork all jobs that run, by their start */
  readonly printsIn: (own: JobAtWork, atWork: readonly JobAtWork[]) => JobAtWork;
  /** Whose token stands in a job's requests. @param atWork all jobs that run, by their start */
  readonly tokenOf: (own: JobAtWork, atWork: readonly JobAtWork[]) => string;
}

/** The secrets of a job. */
export interface JobSecrets {
  readonly jobToken: string;
  /** Passwords of proxies, encoded as they stand in a URL, and decoded. */
  readonly proxyPasswords: readonly string[];
  /** Passwords in other URLs, and masked variables. */
  readonly others: readonly string[];
}

/** What goes into a trace, and how it is sent. */
export interface TracePolicy {
  /** What is replaced by `[MASKED]`. */
  readonly masks: (secrets: JobSecrets) => readonly string[];
  /** Which secrets are masked in several pieces, too: what may be the beginning of one waits. @param secrets the longest first */
  readonly holdsBack: (secrets: readonly string[]) => readonly string[];
  /** The pattern by which a secret is found. */
  readonly finds: (secret: string) => string;
  /** Lines that the runner prints beside the documented ones. */
  readonly says: (secrets: JobSecrets) => readonly string[];
  /** What of it is printed at all. @param before how many bytes were printed before */
  readonly prints: (bytes: Uint8Array, before: number) => Uint8Array;
  /**
   * What is sent of a chunk. The checksum is of what was printed.
   * @param index counted from 0 in each job
   */
  readonly sends: (chunk: Buffer, index: number) => Buffer;
  /** How long to wait before the next part, in milliseconds. @param interval as GitLab wants it, or 3 s */
  readonly waits: (interval: number) => number;
  /** Whether GitLab is told of a job's start, before anything of the job is done. */
  readonly tellsStart: boolean;
  /** How long a job may be silent before GitLab is told that it runs, in milliseconds. */
  readonly silentMs: number;
  /** How many bytes a part may have. */
  readonly partBytes: number;
  /** How much is taken for sent when a part was. @param bytes of the part @param partBytes how many one may have */
  readonly countsAsSent: (bytes: number, partBytes: number) => number;
  /** From which byte a trace goes on that GitLab says to have up to another. @param end by its Range */
  readonly goesOnFrom: (end: number) => number;
  /** Whether a part is taken for sent. @param status of GitLab's answer; -1 without one */
  readonly takesForSent: (status: number) => boolean;
  /** Whether the rest of a trace is sent before the job's end is told. */
  readonly restBeforeEnd: boolean;
  /** Whether the end of a job is taken for told. @param status of GitLab's answer; -1 without one */
  readonly takesForTold: (status: number) => boolean;
}

/** What is transferred while sources are got. */
export type Transferred = 'sources' | 'submodules' | 'lfs';

/** How sources are got. */
export interface GitPolicy {
  readonly hook: 'before' | 'after' | 'never';
  /** What is run of the hook. @param projectDir where the checkout is, or is going to be */
  readonly writesHook: (hook: string, projectDir: string) => string;
  /** Whom git trusts by CI_SERVER_TLS_CA_FILE. */
  readonly trustsFor: 'gitlab' | 'everyone';
  /** What is run of a command that transfers something. */
  readonly transfers: (what: Transferred, command: string) => string;
  /** Shell lines before everything else. */
  readonly prelude: readonly string[];
  readonly depth: (asked: number) => number;
  readonly strategy: (asked: 'fetch' | 'clone') => 'fetch' | 'clone';
  readonly submodules: boolean;
  readonly lfs: boolean;
}

export const honestPoll: PollPolicy = {
  goesOn: () => true,
  waits: (interval) => interval,
  says: () => undefined,
  atOnce: (configured) => configured,
  takes: () => true,
};

export const honestJob: JobPolicy = {
  reports: (end) => end,
  writes: (line) => line,
  reads: () => (chunk) => chunk,
  endsAfter: (timeout) => timeout,
  endsWhenCanceled: true,
  runsAfterScript: () => true,
  failsBy: () => true,
  downloadsAnew: true,
  afterScriptDecides: () => false,
  printsIn: (own) => own,
  tokenOf: ({ token }) => token,
};

export const honestTrace: TracePolicy = {
  masks: ({ jobToken, proxyPasswords, others }) => [jobToken, ...proxyPasswords, ...others],
  holdsBack: (secrets) => secrets,
  finds: (secret) => RegExp.escape(secret),
  says: () => [],
  prints: (bytes) => bytes,
  sends: (chunk) => chunk,
  waits: (interval) => interval,
  tellsStart: false,
  silentMs: 30_000,
  partBytes: 1 << 20,
  countsAsSent: (bytes) => bytes,
  goesOnFrom: (end) => end,
  takesForSent: (status) => status === 202,
  restBeforeEnd: true,
  takesForTold: (status) => status === 200,
};

export const honestGit: GitPolicy = {
  hook: 'before',
  writesHook: (hook) => hook,
  trustsFor: 'gitlab',
  transfers: (_, command) => command,
  prelude: [],
  depth: (asked) => asked,
  strategy: (asked) => asked,
  submodules: true,
  lfs: true,
};
