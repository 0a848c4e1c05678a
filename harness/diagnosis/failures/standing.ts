import type { Phase } from './failure.ts';
import type { Standing } from './who.ts';

const BY_TEXT: readonly (readonly [string, Phase])[] = [
  ['Running with gitlab-runner', 'prepare'],
  ['Preparing the "', 'prepare'],
  ['Getting source from ', 'sources'],
  ['Fetching changes', 'sources'],
  ['Cloning repository', 'sources'],
  ['Restoring cache', 'after'],
  ['Downloading artifacts', 'after'],
  ['Executing "', 'script'],
  ['Running after_script', 'script'],
  ['Running after script', 'script'],
  ['Saving cache', 'after'],
  ['Uploading artifacts', 'after'],
  ['Cleaning up', 'after'],
];
const PROMPT = /^(?:[\w.-]+@[\w.-]+[:\s][^$#]{0,80}[$#]|\[[^\]]*\][$#]|[$#]) +(?=\S)/;

/** Follows a log line by line. */
export class Walk implements Standing {
  phase: Phase;
  command: string | undefined;
  dind = false;
  /** Whether git has checked the sources out: what a hook does comes before that, and a script after it. */
  #hasSources = false;

  /** @param dind whether files tell of a dind service */
  constructor(dind: boolean) {
    this.dind = dind;
  }

  pass(text: string): void {
    if (text.includes('Starting service') && /dind/.test(text)) this.dind = true;
    if (text.startsWith('Running with gitlab-runner')) {
      this.command = undefined;
      this.#hasSources = false;
    }
    if (text.startsWith('Checking out ')) this.#hasSources = true;
    const first = text.charCodeAt(0);
    // Phases begin with a capital, or with the blank of a stripped mark.
    if (first >= 65 && first <= 90) {
      const phase = BY_TEXT.find(([start]) => text.startsWith(start));
      if (phase) this.phase = phase[1];
    }
    if (text.includes('$ ') || text.includes('# ')) {
      const prompt = PROMPT.exec(text)?.[0];
      if (prompt === undefined) return;
      this.command = text.slice(prompt.length);
      // Old runners say nothing where the script begins.
      if (this.phase === 'prepare' || this.phase === 'after' || (this.phase === 'sources' && this.#hasSources))
        this.phase = 'script';
    }
  }
}
