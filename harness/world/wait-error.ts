/** What was waited for did not come. Whether that is the subject's fault or the harness's is for the caller to say. */
export class WaitError extends Error {
  override readonly name = 'WaitError';
  /** What was waited for; completes the sentence "waited for …". */
  readonly awaited: string;
  readonly limitMs: number;

  constructor(awaited: string, limitMs: number, seen: string) {
    super(`Waited ${limitMs / 1000} s for ${awaited}, then gave up; ${seen}.`);
    this.awaited = awaited;
    this.limitMs = limitMs;
  }
}
