import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import type { RunnerConfig, SubjectHost, SubjectProcess } from '../subject.ts';
import { answerOf } from './answer.ts';

/** The verbs that start the runner. */
export type DriverVerb = 'run' | 'run-single' | 'register' | 'verify' | 'unregister';

/** Whether a file's name stays below the directory that it is relative to. */
const isBelow = (name: string): boolean =>
  !isAbsolute(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** What a driver answers to a verb that starts the runner. */
export const plan = z.strictObject({
  command: z.array(z.string()).min(1, 'it must name a program'),
  env: z.record(z.string(), z.string()).optional(),
  files: z
    .record(z.string(), z.string())
    .refine((files) => Object.keys(files).every(isBelow), 'a file is named relative to dir, and lies below it')
    .optional(),
});

/**
 * Asks a driver how a verb is done, writes the files it wants, and starts the program that it names, where the subject lives.
 * @param path the driver's program, absolute
 * @param registrationToken for `register`
 * @throws Error in a sentence, when the driver has no right answer
 */
export async function carryOut(
  host: SubjectHost,
  path: string,
  verb: DriverVerb,
  config: RunnerConfig,
  registrationToken?: string,
): Promise<SubjectProcess> {
  const dir = await mkdtemp(join(host.dir, 'runner-'));
  const { caPem, ...rest } = config;
  const caFile = config.caFile ?? (caPem === undefined ? undefined : join(dir, 'ca.pem'));
  if (caPem !== undefined && caFile !== undefined) await writeFile(caFile, caPem);
  const given = {
    contract: 1,
    verb,
    dir,
    ...rest,
    ...(caFile ? { caFile } : {}),
    ...(registrationToken ? { registrationToken } : {}),
  };
  const file = join(dir, 'proxyproof.json');
  await writeFile(file, JSON.stringify(given, null, 2), { mode: 0o600 });

  const { command, env = {}, files = {} } = await answerOf({ path, verb, file, cwd: dir }, plan);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), content, { mode: 0o600 });
  }
  const [program = '', ...args] = command;
  const tmp = join(dir, 'tmp');
  await mkdir(tmp, { recursive: true });
  return host.spawn(program.includes('/') ? resolve(dirname(path), program) : program, args, {
    env: { TMPDIR: tmp, ...config.env, ...env },
    cwd: dir,
  });
}
