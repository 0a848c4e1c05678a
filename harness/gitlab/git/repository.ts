/** A repository as it lies on disk, ready to be served; it is never written to again. */
export interface Repository {
  /** The bare repository's directory. */
  readonly dir: string;
  /** The commit at the head of `main`. */
  readonly head: string;
}
