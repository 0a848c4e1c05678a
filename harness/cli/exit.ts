/** What the process's exit code says. */
export const EXIT = {
  /** All as expected. */
  ok: 0,
  /** Something was not as expected. */
  unexpected: 1,
  /** Usage or configuration. */
  usage: 2,
  /** The environment lacks what was asked for. */
  environment: 3,
  /** The harness itself failed. */
  harness: 4,
  /** Ended by the signal, as a shell would say it. */
  SIGHUP: 129,
  SIGINT: 130,
  /** Nobody read the output any more. */
  SIGPIPE: 141,
  SIGTERM: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The streams and settings a verb works with, so that tests can give their own. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Read by verbs that take `-` for a file. */
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}
