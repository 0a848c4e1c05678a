import { basename } from 'node:path';
import type { Writable } from 'node:stream';
import type { Options, Result, ResultPromise } from 'execa';
import { LimitError, machineClock } from '../clock/index.ts';
import { endsWithUs } from './ends-with-us.ts';
import { killGroup } from './kill-group.ts';
import { type ProgramEnding, ProgramError } from './program-error.ts';
import { ownLabel, RUN_VARIABLE } from './run-label.ts';

/** How a program is run. */
export interface ProgramOptions {
  /** How long it may take, in real milliseconds. */
  readonly limitMs: number;
  /** As sentences call it; the file's name by default. Its arguments are not repeated: they may hold secrets. */
  readonly name?: string;
  readonly cwd?: string;
  /** All of its environment; this process's own by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What it reads, or what writes that; nothing by default. */
  readonly input?: string | ((stdin: Writable) => Promise<void>);
  /** How much it may print to either output, in characters; 16 Mi by default. */
  readonly maxLength?: number;
  /** Ends it early. */
  readonly signal?: AbortSignal;
}

/** What a program printed. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

const MAX_LENGTH = 16 * 2 ** 20;

/**
 * Runs a program to its end, in a process group of its own: what it has started ends with it, and it ends with us.
 * @throws ProgramError, in a sentence, when it cannot be started, fails, takes too long or prints too much
 * @throws the signal's reason when that ends it
 */
export async function run(file: string, args: readonly string[], options: ProgramOptions): Promise<Output> {
  const { limitMs, name = basename(file), maxLength = MAX_LENGTH, signal, input } = options;
  signal?.throwIfAborted();
  // Not at the start of the process: to read it takes as long as a program takes that only lists something.
  const { execa } = await import('execa');
  let child: Child;
  try {
    child = execa(file, [...args], settings(options, maxLength));
  } catch (error) {
    throw new ProgramError(name, notStarted(error as Error), { limitMs, maxLength });
  }
  const over = endsWithUs(child.pid);
  child.once('exit', () => killGroup(child.pid));
  let stopped: unknown;
  try {
    const work = typeof input === 'function' ? feed(child, input) : child.then(() => {});
    await machineClock.within(limitMs, `the end of ${name}`, work, signal ? { signal } : {});
  } catch (error) {
    stopped = error;
    killGroup(child.pid);
    // Whoever has left the group may still hold them open.
    child.stdout.destroy();
    child.stderr.destroy();
  }
  const result = await child;
  over();
  const late = stopped instanceof LimitError;
  if (stopped !== undefined && !late) throw stopped;
  const ending = endingOf(result, late);
  if (ending.ended !== 'exit' || ending.code !== 0) throw new ProgramError(name, ending, { limitMs, maxLength });
  return { stdout: ending.stdout, stderr: ending.stderr };
}

type Settings = ReturnType<typeof settings>;
type Child = ResultPromise<Settings>;

const settings = ({ cwd, env, input }: ProgramOptions, maxBuffer: number) =>
  ({
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...(env ?? process.env), [RUN_VARIABLE]: ownLabel().label },
    extendEnv: false,
    ...(typeof input === 'string' ? { input } : { stdin: input ? 'pipe' : 'ignore' }),
    stdout: 'pipe',
    stderr: 'pipe',
    encoding: 'utf8',
    maxBuffer,
    stripFinalNewline: false,
    reject: false,
    detached: true,
    killSignal: 'SIGKILL',
  }) as const satisfies Options;

/** A program that dies early closes its input; what it says on its way out is the better message. */
async function feed(child: Child, write: (stdin: Writable) => Promise<void>): Promise<void> {
  const stdin = child.stdin as Writable;
  stdin.on('error', () => {});
  await Promise.race([write(stdin).then(() => stdin.end()), child]);
  await child;
}

function endingOf(result: Result<Settings>, late: boolean): ProgramEnding {
  const { stdout, stderr, exitCode = null, signal = null, isMaxBuffer, isTerminated } = result;
  const output = { stdout, stderr, code: exitCode, signal };
  if (late) return { ...output, ended: 'late' };
  if (isMaxBuffer) return { ...output, ended: 'flood' };
  if (exitCode === null && !isTerminated) {
    return { ...output, ended: 'not-started', reason: result.originalMessage ?? 'the system refuses' };
  }
  return { ...output, ended: 'exit' };
}

const notStarted = (error: Error): ProgramEnding => ({
  ended: 'not-started',
  reason: error.message,
  code: null,
  signal: null,
  stdout: '',
  stderr: '',
});
