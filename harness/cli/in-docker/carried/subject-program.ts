import { open } from 'node:fs/promises';
import { EnvironmentError } from '../../../conformance/errors.ts';
import { namesProgram } from '../../../runner/kinds.ts';
import { findProgram } from '../../../runner/resolve/program.ts';

/**
 * Finds the subject's program on this machine.
 * @param name as `--runner` says it
 * @returns its absolute path; undefined when the subject is none of this machine's programs
 * @throws EnvironmentError when it cannot run inside
 * @throws SubjectError when there is none
 */
export async function subjectProgram(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  if (!namesProgram(name)) return undefined;
  const path = await findProgram(name, env);
  if (await runsOnLinux(path)) return path;
  throw new EnvironmentError(
    `${path} is no program for Linux, so it cannot run in a container. Give --runner the path of a Linux program, or a full version such as 17.11.4, which is downloaded inside.`,
  );
}

/** By its first bytes: an ELF file, or a script. */
async function runsOnLinux(path: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  const start = buffer.toString('latin1', 0, bytesRead);
  return start === '\x7fELF' || start.startsWith('#!');
}
