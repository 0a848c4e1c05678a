import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { runnerChoices, subjectDefinitions } from '../kinds.ts';
import { SubjectError } from './error.ts';

/**
 * Finds a program by its path (anything with a slash) or by its name on PATH.
 * @returns its absolute path
 * @throws SubjectError when there is none, or it is not executable
 */
export async function findProgram(name: string, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  if (name.includes('/')) return programAt(resolve(name));
  for (const dir of (env['PATH'] ?? '').split(delimiter)) {
    if (dir === '') continue;
    const path = resolve(join(dir, name));
    if (await isProgram(path)) return path;
  }
  const hints = subjectDefinitions.flatMap(({ program }) => program?.hint?.(name) ?? []);
  throw new SubjectError(
    'absent',
    [`There is no program called ${name} on PATH.`, ...hints, `--runner takes ${oneOf(runnerChoices)}.`].join(' '),
  );
}

const oneOf = (choices: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(choices);

async function programAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found)
    throw new SubjectError('absent', `There is no file ${path}: give --runner the path of a runner's program.`);
  if (found.isDirectory()) {
    throw new SubjectError('absent', `${path} is a directory: give --runner the path of a runner's program in it.`);
  }
  if (!found.isFile()) {
    throw new SubjectError('absent', `${path} is not a file: give --runner the path of a runner's program.`);
  }
  if (!(await isProgram(path))) {
    throw new SubjectError('absent', `${path} is not executable: try chmod +x, if it is a runner's program.`);
  }
  return path;
}

async function isProgram(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return false;
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
