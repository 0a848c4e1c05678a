/** Something that a file of the page's gets wrong, in a support engineer's words. No remark holds a password. */
export interface Remark {
  /**
   * `error`: it does not work so. `warning`: it works for some programs only, or by luck. `note`: it works, and costs
   * something.
   */
  readonly level: 'error' | 'warning' | 'note';
  /** Line in the file, from 1, where one can be named. */
  readonly line?: number;
  /** What is wrong and what comes of it: a sentence or two. */
  readonly says: string;
  /** What to write instead, as a sentence. */
  readonly fix: string;
}
