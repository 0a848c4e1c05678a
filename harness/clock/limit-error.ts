/** A wait that reached its limit. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
  /** What was waited for; completes the sentence "waited for …". */
  readonly awaited: string;
  readonly limitMs: number;

  constructor(awaited: string, limitMs: number) {
    super(`Waited ${limitMs / 1000} s for ${awaited}, then gave up.`);
    this.awaited = awaited;
    this.limitMs = limitMs;
  }
}
