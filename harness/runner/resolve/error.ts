/** No subject can be had for what was asked for. */
export class SubjectError extends Error {
  /**
   * `usage`: the request itself is wrong, such as a mutant that does not exist. `absent`: it may be right, but what it
   * names is not here, does not work, or cannot be downloaded.
   */
  readonly reason: 'usage' | 'absent';

  constructor(reason: 'usage' | 'absent', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SubjectError';
    this.reason = reason;
  }
}
