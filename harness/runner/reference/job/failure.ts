/** Why a job failed, for GitLab. */
export class JobFailure extends Error {
  readonly reason: string;
  readonly exitCode: number | undefined;

  constructor(message: string, reason: string, exitCode?: number) {
    super(message);
    this.name = 'JobFailure';
    this.reason = reason;
    this.exitCode = exitCode;
  }
}
