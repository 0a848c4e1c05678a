import { type Output, run } from '../../process/index.ts';

/** Like the first process of a process namespace, without which all others in it end (pid_namespaces(7)). */
const UNSHARE = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--'];

/**
 * Runs a program to its end, in mount and process namespaces of its own: what it mounts and starts ends with it, and it
 * ends with this process, however that comes about.
 * @throws ProgramError, in a sentence; the signal's reason
 */
export function runInOwnMounts(
  program: string,
  args: readonly string[],
  {
    limitMs,
    env,
    signal,
  }: { limitMs: number; env: Readonly<Record<string, string>>; signal?: AbortSignal | undefined },
): Promise<Output> {
  return run('unshare', [...UNSHARE, program, ...args], {
    limitMs,
    name: program,
    env: { ...process.env, ...env },
    ...(signal ? { signal } : {}),
  });
}
