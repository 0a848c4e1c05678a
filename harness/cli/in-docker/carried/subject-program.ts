import { open, stat } from 'node:fs/promises';
import { EnvironmentError } from '../../../conformance/errors.ts';
import type { Platform } from '../../../runner/architecture.ts';
import { namesProgram, subjectDefinitions } from '../../../runner/kinds.ts';
import { findProgram } from '../../../runner/resolve/program.ts';

/** Of the containers of an engine whose machine has this machine's processor. */
const linux: Platform = { os: 'linux', arch: process.arch };

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
  const path = await findProgram(name, env, linux);
  if (await runsOnLinux(path)) return path;
  throw new EnvironmentError(
    `${path} is no program for Linux, so it cannot run in a container. Give --runner the path of a Linux program, or a full version such as 17.11.4, which is downloaded inside.`,
  );
}

/** Files beside a subject's program that it needs inside, too. */
export async function companionsOf(program: string): Promise<readonly string[]> {
  const found = await Promise.all(subjectDefinitions.map((each) => each.program?.companions?.(program) ?? []));
  return found.flat();
}

/**
 * Finds the file that `--helper` means.
 * @param named a file, or a directory that a build has filled
 * @returns its absolute path; what is named, when there is no such file: the run inside says so
 */
export async function helperFile(named: string): Promise<string> {
  const info = await stat(named).catch(() => undefined);
  if (!info?.isDirectory()) return named;
  const found = await Promise.all(subjectDefinitions.map((each) => each.program?.helperInDirectory?.(named, linux)));
  return found.find((each) => each !== undefined) ?? named;
}

/** By its first bytes: an ELF file, or a script. */
async function runsOnLinux(path: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  const start = buffer.toString('latin1', 0, bytesRead);
  return start === '\x7fELF' || start.startsWith('#!');
}
