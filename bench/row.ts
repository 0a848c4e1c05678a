/** What a row's measurement is given. */
export interface Setting {
  /** A real runner, by path; the rows that need one are skipped without it. */
  readonly runner: string | undefined;
  /** Says how far the measurement is. */
  readonly say: (what: string) => void;
}

/** What came of a row. */
export interface Measured {
  /** What was measured, in the words of the target. */
  readonly measured: string;
  /** Undefined when nothing was measured; that counts as not reached. */
  readonly reached: boolean | undefined;
  /** What else the numbers rest on: single values, spread. */
  readonly notes?: readonly string[];
}

/** One row of the table. */
export interface Row {
  /** By which `npm run bench NAME` calls it. */
  readonly name: string;
  readonly what: string;
  readonly target: string;
  measure(setting: Setting): Promise<Measured>;
}
