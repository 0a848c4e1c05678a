/** A report could not be written or read. The message is a whole sentence: what failed, why, and what to do next. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
  /** `usage`: what was given to be read is not what a run writes. `environment`: the machine stands in the way. */
  readonly reason: 'usage' | 'environment';

  constructor(
    message: string,
    { reason = 'environment', ...options }: ErrorOptions & Partial<Pick<ReportError, 'reason'>> = {},
  ) {
    super(message, options);
    this.reason = reason;
  }
}

const ADVICE: Readonly<Record<string, readonly [why: string, next: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space, or name a directory on another disk with --report'],
  EDQUOT: ['the disk quota is used up', 'Free some space, or name a directory elsewhere with --report'],
  EACCES: ['permission is denied', 'Name a directory that you may write to with --report'],
  EPERM: ['the operation is not permitted', 'Name a directory that you may write to with --report'],
  EROFS: ['the file system is read-only', 'Name a directory that can be written with --report'],
  ENOTDIR: ['a part of the path is no directory', 'Name a directory with --report'],
  EISDIR: ['a directory is in its place', 'Remove it, or name another directory with --report'],
  ENOENT: ['it does not exist', 'Check the path'],
};

/**
 * Words an error of the file system.
 * @param doing completes "Cannot …", such as `write runs/x/junit.xml`
 */
export function reportError(doing: string, error: unknown): ReportError {
  if (error instanceof ReportError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  const [why, next] = ADVICE[code] ?? [error instanceof Error ? error.message : String(error), 'Check the path'];
  return new ReportError(`Cannot ${doing}: ${why}${ADVICE[code] ? ` (${code})` : ''}. ${next}.`, { cause: error });
}
