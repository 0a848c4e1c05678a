import type { Clock } from '../clock/index.ts';
import type { Probe } from '../process/index.ts';
import type { ProfileName } from '../profile/index.ts';
import type { Platform } from './architecture.ts';
import type { DownloadServer } from './download/server.ts';
import type { Driver, SubjectIdentity } from './subject.ts';

/** What resolving a subject needs. */
export interface ResolveOptions {
  /** Instead of the one that goes with the subject's version. */
  readonly profile?: ProfileName;
  /** What the user names for helper containers, an absolute path: a program, an archive, or a directory with one. */
  readonly helper?: string;
  /** Where downloaded binaries are kept. */
  readonly cacheDir: string;
  /** GitLab's own by default. */
  readonly download?: DownloadServer;
  /** The user's environment: its PATH and its proxies are used. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Told in a sentence of work that takes minutes, such as a build. */
  readonly say?: (line: string) => void;
  /** How long a program may take to say its version, in milliseconds; 10 s by default. */
  readonly identifyLimitMs?: number;
}

/** Runs a program that is nobody's subject yet, and gives back what it printed. */
export type Ask = (program: string, ...args: string[]) => Promise<Probe>;

/** A program of a known kind. */
export interface SubjectProgram {
  /** Absolute. */
  readonly path: string;
  /** As it says it. */
  readonly version: string;
}

/** A subject that `--runner` has a word of its own for, and that need not be a program of this machine. */
export interface NamedSubject<K extends string> {
  /** What `--runner` takes, as its help says it. */
  readonly takes: readonly string[];
  /** Whether a value of `--runner` means this subject; it is no program's name then. */
  readonly claims: (name: string) => boolean;
  /**
   * The driver for a value that it claims.
   * @param identify finds out what a program is
   * @throws SubjectError when there is no such subject
   */
  readonly driver: (
    name: string,
    options: ResolveOptions,
    identify: (path: string) => Promise<SubjectIdentity>,
  ) => Promise<Driver<K>>;
}

/** A subject that is a program of this machine. */
export interface ProgramSubject<K extends string> {
  /** Which of them can be driven, as a message lists them. */
  readonly drives: string;
  /**
   * Recognises its program by what it answered to `--version`.
   * @param path the program's, absolute
   * @returns the version; undefined when it is another program
   * @throws SubjectError when it is the program, and cannot be used
   */
  readonly version: (answer: Probe, ask: Ask, path: string) => Promise<string | undefined>;
  /** @throws SubjectError when this version cannot be driven */
  readonly driver: (program: SubjectProgram, options: ResolveOptions) => Promise<Driver<K>>;
  /** Finds its program in a directory that its build has filled. */
  readonly inDirectory?: (dir: string, platform: Platform) => string | undefined;
  /** Finds what its helper containers need in such a directory: a program or an archive. */
  readonly helperInDirectory?: (dir: string, platform: Platform) => Promise<string | undefined>;
  /** Files beside its program that it needs on another machine, too. @param path the program's, absolute */
  readonly companions?: (path: string) => Promise<readonly string[]>;
  /** What to say to whoever typed a name that looks like it, and is no program on PATH. */
  readonly hint?: (name: string) => string | undefined;
}

/**
 * One kind of subject: how it is told apart, and what drives it. A file with one is light: it loads the driver when that
 * is wanted.
 */
export interface SubjectDefinition<K extends string = string> {
  /** As reports and expectations files name it. */
  readonly kind: K;
  readonly named?: NamedSubject<K>;
  readonly program?: ProgramSubject<K>;
}
