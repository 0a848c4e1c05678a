import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, resolve } from 'node:path';

/** Where daemons and system tools are, which a user's PATH may not name. */
const SYSTEM_DIRECTORIES = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The caller's PATH, and the system's own directories after it. */
export const SEARCH_PATH: string = [
  ...new Set([
    ...(process.env['PATH'] ?? '').split(delimiter).filter((each) => isAbsolute(each)),
    ...SYSTEM_DIRECTORIES,
  ]),
].join(delimiter);

/** Where a program is looked for. */
export interface FindOptions {
  /** Directories as PATH has them; {@link SEARCH_PATH} by default. */
  readonly path?: string;
  /** Directories that are looked into after those of the path. */
  readonly places?: readonly string[];
  /** What a relative path is relative to; this process's directory by default. */
  readonly cwd?: string;
}

/**
 * Looks a program up as `execvp` would: by its path, if it has a slash, else by its name.
 * @returns its absolute path; undefined when there is no executable file of that name
 */
export function findProgram(command: string, options: FindOptions = {}): string | undefined {
  const { path = SEARCH_PATH, places = [], cwd = process.cwd() } = options;
  const directories = command.includes('/')
    ? ['.']
    : [...path.split(delimiter).filter((each) => each !== ''), ...places];
  return directories.map((directory) => resolve(cwd, directory, command)).find(isProgram);
}

/** Whether there is such a file and it may be executed. A directory is no program, whatever its mode says. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
