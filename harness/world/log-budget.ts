/** How much of one case's output is recorded, in bytes; a subject that floods its log must not fill memory or disk. */
export const CASE_LOG_BYTES = 4 * 1024 * 1024;

/** What is left to record of a case's output, shared by all its programs. */
export class LogBudget {
  #left: number;

  constructor(bytes: number = CASE_LOG_BYTES) {
    this.#left = bytes;
  }

  /** @returns whether a line of this many bytes may still be recorded */
  take(bytes: number): boolean {
    if (bytes > this.#left) this.#left = 0;
    else this.#left -= bytes;
    return this.#left > 0;
  }

  get spent(): boolean {
    return this.#left <= 0;
  }
}
