/** What of the machine's files a namespace shows otherwise than they are. All paths are absolute and free of links. */
export interface View {
  /** Directories that are empty inside, and written to by nobody else. */
  readonly empty: readonly string[];
  /** Files and sockets that read as empty inside. A socket that is covered refuses connections. */
  readonly covered: readonly string[];
  /** What stays as it is, though it lies below an empty directory; one that is itself to be empty does not. */
  readonly kept: readonly string[];
  /** The same, but nobody inside can change it. */
  readonly readable: readonly string[];
}

/** Nothing is hidden. */
export const OPEN_VIEW: View = { empty: [], covered: [], kept: [], readable: [] };
