/** A runner that somebody named, to be held against others: it is run, unless it was run before. */
export interface RunnableContender {
  readonly is: 'runner';
  /** How a table heads its column: `17.11.4`, `reference:late`, or a path as it was typed. */
  readonly label: string;
  /** As `run --runner` takes it. */
  readonly runner: string;
  /** As `run --helper` takes it, an absolute path. */
  readonly helper?: string;
}

/** A run that is there already, by its directory. */
export interface StoredContender {
  readonly is: 'stored';
  readonly label: string;
  /** Absolute. */
  readonly dir: string;
}

/** What a word on the command line can stand for where runners or runs are compared. */
export type Contender = RunnableContender | StoredContender;
