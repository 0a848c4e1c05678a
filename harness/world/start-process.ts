import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
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
  const output = { stdout: kept(child.stdout), stderr: kept(child.stderr) };
  const exit = once(child, 'exit') as Promise<[code: number | null, signal: NodeJS.Signals | null]>;
  exit.catch(() => {});
  try {
    const late = (): Error => {
      child.kill('SIGKILL');
      return new Error(`it was not there after ${START_LIMIT_MS} ms`);
    };
    await machineClock.within<unknown>(
      START_LIMIT_MS,
      late,
      namespace ? arrival(child, output.stderr) : once(child, 'spawn'),
    );
  } catch (error) {
    throw new Error(`Cannot start ${file}: ${(error as Error).message}.`, { cause: error });
  }
  const pid = (namespace && childrenOf(child.pid ?? 0)[0]) ?? child.pid ?? 0;
  return {
    id,
    pid,
    stdin: child.stdin,
    ...output,
    exited: whenExited(exit, output),
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
async function arrival(child: Running, stderr: Readable): Promise<void> {
  const sign = child.stdio[3] as Readable;
  for await (const _ of sign) return;
  // The pipe ended without the sign: what entered the namespace is gone, and has said why.
  const complaint = Buffer.concat(await stderr.toArray())
    .toString()
    .trim();
  throw new Error(complaint || 'the namespace cannot be entered');
}

/**
 * A program's output, kept until somebody reads it: Node reads on by itself when a program ends, and what nobody has listened to by
 * then is lost.
 */
function kept(stream: Readable): Readable {
  const output = new PassThrough();
  output.on('error', () => {});
  pipeline(stream, output).catch(() => {});
  return output;
}

/** How a program ended, when its output has been read to the end; whoever wants it begins to listen as soon as it has the program. */
async function whenExited(
  exit: Promise<[code: number | null, signal: NodeJS.Signals | null]>,
  { stdout, stderr }: { readonly stdout: Readable; readonly stderr: Readable },
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const closed = Promise.all([stdout, stderr].map((each) => finished(each).catch(() => {})));
  try {
    const [code, signal] = await exit;
    await turn();
    for (const each of [stdout, stderr]) if (each.readableFlowing === null) each.resume();
    await machineClock.within(DRAIN_LIMIT_MS, 'the end of the output', closed).catch(() => {});
    return { code, signal };
  } catch {
    return { code: null, signal: null };
  }
}
