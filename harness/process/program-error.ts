/** How a program came to its end, or did not. */
export interface ProgramEnding {
  readonly ended: 'exit' | 'late' | 'flood' | 'not-started';
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it did not start. */
  readonly reason?: string;
}

/** What of a program's last words a sentence repeats, in characters. */
const LAST_WORDS = 1000;

/** A program that was run did not do what it should; with the same fields as one that did. */
export class ProgramError extends Error implements ProgramEnding {
  override readonly name = 'ProgramError';
  readonly ended: ProgramEnding['ended'];
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;

  /**
   * @param program as the sentence calls it
   * @param limits what it was allowed: milliseconds, and characters of output
   */
  constructor(
    program: string,
    ending: ProgramEnding,
    limits: { readonly limitMs: number; readonly maxLength: number },
  ) {
    super(`${program} ${what(ending, limits)}${lastWords(ending)}.`);
    this.ended = ending.ended;
    this.code = ending.code;
    this.signal = ending.signal;
    this.stdout = ending.stdout;
    this.stderr = ending.stderr;
  }
}

function what(
  { ended, code, signal, reason }: ProgramEnding,
  { limitMs, maxLength }: { readonly limitMs: number; readonly maxLength: number },
): string {
  if (ended === 'not-started') return `could not be started: ${reason}`;
  if (ended === 'late') return `did not end within ${limitMs / 1000} s and was killed`;
  if (ended === 'flood') return `printed more than ${maxLength} characters and was killed`;
  return `failed (${signal ?? `exit code ${code}`})`;
}

function lastWords({ ended, stdout, stderr }: ProgramEnding): string {
  if (ended === 'not-started' || ended === 'flood') return '';
  const words = (stderr.trim() || stdout.trim()).slice(-LAST_WORDS).replace(/\.$/, '');
  return words === '' ? '' : `: ${words}`;
}
