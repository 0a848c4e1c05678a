import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** Where daemons and system tools are, which a user's PATH may not name. */
const SYSTEM_DIRECTORIES = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The PATH that programs of a world get: the caller's, and the system's own directories after it. */
export const SEARCH_PATH: string = [
  ...new Set([
    ...(process.env['PATH'] ?? '').split(delimiter).filter((each) => isAbsolute(each)),
    ...SYSTEM_DIRECTORIES,
  ]),
].join(delimiter);

/**
 * The absolute path of a program, as `execvp` would find it.
 * @param cwd what a relative path with a slash is relative to
 */
export function findProgram(
  command: string,
  path: string = SEARCH_PATH,
  cwd: string = process.cwd(),
): string | undefined {
  if (command.includes('/')) {
    const file = resolve(cwd, command);
    return isProgram(file) ? file : undefined;
  }
  return path
    .split(delimiter)
    .filter((each) => each !== '')
    .map((directory) => join(directory, command))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
