/** Told of what takes long, a line each. */
export type Say = (line: string) => void;

/** What whoever makes images is told and can be stopped by. */
export interface Making {
  readonly say?: Say | undefined;
  /** Ends it early: what is half made is removed. */
  readonly signal?: AbortSignal | undefined;
}
