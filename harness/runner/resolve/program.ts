import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findProgram as find, isProgram } from '../../process/index.ts';
import { runnerChoices, subjectDefinitions } from '../kinds.ts';
import { SubjectError } from './error.ts';

/**
 * Finds a program by its path (anything with a slash) or by its name on PATH.
 * @returns its absolute path
 * @throws SubjectError when there is none, or it is not executable
 */
export async function findProgram(name: string, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  if (name.includes('/')) return programAt(resolve(name));
  const path = find(name, { path: env['PATH'] ?? '' });
  if (path !== undefined) return path;
  const hints = subjectDefinitions.flatMap(({ program }) => program?.hint?.(name) ?? []);
  throw new SubjectError(
    'absent',
    [`There is no program called ${name} on PATH.`, ...hints, `--runner takes ${oneOf(runnerChoices)}.`].join(' '),
  );
}

const oneOf = (choices: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(choices);

async function programAt(path: string): Promise<string> {
  if (isProgram(path)) return path;
  const found = await stat(path).catch(() => undefined);
  const then = "give --runner the path of a runner's program";
  if (!found) throw new SubjectError('absent', `There is no file ${path}: ${then}.`);
  if (found.isDirectory()) throw new SubjectError('absent', `${path} is a directory: ${then} in it.`);
  if (!found.isFile()) throw new SubjectError('absent', `${path} is not a file: ${then}.`);
  throw new SubjectError('absent', `${path} is not executable: try chmod +x, if it is a runner's program.`);
}
