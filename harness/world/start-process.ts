import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { machineClock } from '../clock/index.ts';
import { childrenOf } from '../process/index.ts';
import type { SubjectProcess } from '../runner/subject.ts';
import type { Namespace } from './namespace/index.ts';

/** How long a program may take to be there, in real milliseconds; 10 are usual. */
const START_LIMIT_MS = 10_000;
/** How long output is waited for after a program's end, when a child it left behind still holds the pipe. */
const DRAIN_LIMIT_MS = 250;

interface Running extends ChildProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
}

/**
 * Starts a program in a session of its own, in a namespace or in the machine's own.
 * @param options.file its absolute path
 * @throws Error when the system cannot start it
 */
export async function startProcess(options: {
  readonly id: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly namespace: Namespace | undefined;
}): Promise<SubjectProcess> {
  const { id, file, args, cwd, env, namespace } = options;
  const line = namespace ? namespace.enter(cwd, file, args) : { file, args };
  const child = spawn(line.file, [...line.args], {
    cwd: namespace ? '/' : cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', ...(namespace ? ['pipe' as const] : [])],
  }) as Running;
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => {});
  const exited = whenExited(child);
  try {
    const late = (): Error => {
      child.kill('SIGKILL');
      return new Error(`it was not there after ${START_LIMIT_MS} ms`);
    };
    await machineClock.within<unknown>(START_LIMIT_MS, late, namespace ? arrival(child) : once(child, 'spawn'));
  } catch (error) {
    throw new Error(`Cannot start ${file}: ${(error as Error).message}.`, { cause: error });
  }
  const pid = (namespace && childrenOf(child.pid ?? 0)[0]) ?? child.pid ?? 0;
  return {
    id,
    pid,
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    exited,
    kill: (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      try {
        process.kill(pid, signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    },
  };
}

/** Resolves when the program is about to take the place of the shell that entered the namespace for it. */
async function arrival(child: Running): Promise<void> {
  const sign = child.stdio[3] as Readable;
  for await (const _ of sign) return;
  // The pipe ended without the sign: what entered the namespace is gone, and has said why.
  const complaint = Buffer.concat(await child.stderr.toArray())
    .toString()
    .trim();
  throw new Error(complaint || 'the namespace cannot be entered');
}

/** How a program ended, when its output has been read to the end. */
async function whenExited(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const closed = once(child, 'close');
  closed.catch(() => {});
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    await machineClock.within(DRAIN_LIMIT_MS, 'the end of the output', closed).catch(() => {});
    return { code, signal };
  } catch {
    return { code: null, signal: null };
  }
}
