import type { Edit } from '../../diagnosis/causes/cause.ts';
import type { Beyond } from './beyond.ts';

/** A change that may mend what fails. */
export interface Candidate {
  /** That of the catalogue's cause; or, for a file that the page has and the machine has not, `page/file-missing`. */
  readonly cause: string;
  /** What is wrong there, in a sentence or two. */
  readonly says: string;
  /** What to do, in a sentence. */
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
  /** Changes of lines in files of the bundle. */
  readonly edits: readonly Edit[];
  /** Files that are added: path on the machine to content. */
  readonly adds: ReadonlyMap<string, string>;
  /** Files that are taken away: paths on the machine. */
  readonly removes?: readonly string[];
  /** Commands, where nothing in a file is wrong. */
  readonly commands: readonly (readonly string[])[];
  /** What is done elsewhere than on the machine; {@link remedy} says it. */
  readonly beyond?: Beyond;
}

/** What a candidate changes, and nothing else. */
export const changing = (
  change: Partial<Pick<Candidate, 'edits' | 'adds' | 'commands'>>,
): Pick<Candidate, 'edits' | 'adds' | 'commands'> => ({ edits: [], adds: new Map(), commands: [], ...change });

/** A candidate that was applied alone, and what came of it. */
export interface Tried {
  readonly candidate: Candidate;
  readonly verdict: /** Everything that was tried works with it. */
    | 'mends'
    /** What failed works with it, and something later fails. */
    | 'helps'
    /** What failed fails as before. */
    | 'no-effect'
    /** Something fails earlier with it. */
    | 'worse';
  /** What fails now, as half a sentence. */
  readonly left?: string;
}
