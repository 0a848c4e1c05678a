import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findProgram as find, isProgram } from '../../process/index.ts';
import { type Platform, thisPlatform } from '../architecture.ts';
import { runnerChoices, subjectDefinitions } from '../kinds.ts';
import { SubjectError } from './error.ts';

/**
 * Finds a program by its path (anything with a slash), which may be a directory that a build has filled, or by its name on
 * PATH.
 * @param platform of what kind of machine the program has to be, where that is not this one's
 * @returns its absolute path
 * @throws SubjectError when there is none, or it is not executable
 */
export async function findProgram(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: Platform = thisPlatform,
): Promise<string> {
  if (name.includes('/')) return programAt(resolve(name), platform);
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

function programIn(dir: string, platform: Platform): string | undefined {
  for (const { program } of subjectDefinitions) {
    const path = program?.inDirectory?.(dir, platform);
    if (path !== undefined) return path;
  }
  return undefined;
}

async function programAt(path: string, platform: Platform): Promise<string> {
  if (isProgram(path)) return path;
  const found = await stat(path).catch(() => undefined);
  const then = "give --runner the path of a runner's program";
  if (!found) throw new SubjectError('absent', `There is no file ${path}: ${then}.`);
  const inside = found.isDirectory() ? programIn(path, platform) : undefined;
  if (inside !== undefined) return inside;
  if (found.isDirectory())
    throw new SubjectError(
      'absent',
      `${path} is a directory without a runner for ${platform.os} on ${platform.arch}: ${then} in it.`,
    );
  if (!found.isFile()) throw new SubjectError('absent', `${path} is not a file: ${then}.`);
  throw new SubjectError('absent', `${path} is not executable: try chmod +x, if it is a runner's program.`);
}
