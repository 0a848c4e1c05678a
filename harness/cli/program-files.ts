import { homedir, tmpdir } from 'node:os';
import { basename, dirname, isAbsolute } from 'node:path';

/** A runner's program and what lies beside it, its helper above all: what a namespace must not hide. */
export const programFiles = (path: string): string[] =>
  isAbsolute(path) ? [dirname(path), path, `${path}-helper`, ...prefixOf(path)] : [];

/** A program in `bin` has its libraries beside that, as in a virtual environment of Python; never a whole hidden place. */
function prefixOf(path: string): string[] {
  const prefix = dirname(dirname(path));
  const isWhole = dirname(prefix) === '/' || [tmpdir(), '/var/tmp', homedir()].includes(prefix);
  return basename(dirname(path)) === 'bin' && prefix !== '/' && !isWhole ? [prefix] : [];
}
