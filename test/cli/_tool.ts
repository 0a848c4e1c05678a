import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { main } from '../../harness/cli/cli.ts';
import type { Terminal } from '../../harness/cli/exit.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const LAUNCHER = join(ROOT, 'proxyproof');

/** A scenario that the reference runner passes within a fraction of a second. */
export const QUICK = 'rate-limit/reset-time-valid';
export const QUICK_CASE = `${QUICK}[body=json]`;
/** A mutant that fails it. */
export const MUTANT = 'ignores-reset-time';

/** What a verb did. */
export interface Done {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A directory for one test's files. */
export async function scratch(): Promise<{ dir: string } & AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), 'cli-test-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Runs the command line tool in this process. */
export const tool = (cwd: string, ...args: string[]): Promise<Done> => toolWith('', cwd, ...args);

/** The same, with something at its standard input. */
export async function toolWith(input: string, cwd: string, ...args: string[]): Promise<Done> {
  const stdin = Readable.from([Buffer.from(input)]);
  const [stdout, stderr] = [new PassThrough(ROOMY), new PassThrough(ROOMY)];
  const terminal = { stdin, stdout, stderr, env: process.env, cwd } as unknown as Terminal;
  const code = await main(args, terminal);
  return { code, out: text(stdout), err: text(stderr) };
}

/** Nobody reads before the end, so a writer that waits until there is room again would wait for ever. */
const ROOMY = { highWaterMark: 2 ** 30 };

const text = (stream: PassThrough): string => String(stream.read() ?? '');

/** A started launcher. */
export interface Launched {
  readonly child: ChildProcess & { readonly pid: number };
  readonly out: () => string;
  readonly err: () => string;
  readonly done: Promise<Done & { readonly signal: NodeJS.Signals | null }>;
  /** Resolves when the output, of both streams, matches. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts the launcher as a user does. */
export function launch(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; command?: string },
): Launched {
  const child = spawn(options.command ?? LAUNCHER, [...args], {
    cwd: options.cwd,
    env: { ...process.env, PROXYPROOF_NO_INSTALL: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      said[name] += chunk;
      for (const each of listeners) each();
    });
  }
  const done = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    out: said.stdout,
    err: said.stderr,
  }));
  const says = (pattern: RegExp): Promise<RegExpExecArray> => {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const look = (): void => {
      const match = pattern.exec(`${said.stdout}\n${said.stderr}`);
      if (match) resolve(match);
    };
    listeners.add(look);
    look();
    void done.then(() => reject(new Error(`It ended without saying ${pattern}:\n${said.stdout}\n${said.stderr}`)));
    return promise.finally(() => listeners.delete(look));
  };
  if (child.pid === undefined) throw new Error(`${options.command ?? LAUNCHER} cannot be started.`);
  return { child: child as Launched['child'], out: () => said.stdout, err: () => said.stderr, done, says };
}

/** Runs the launcher to its end. */
export const launched = (args: readonly string[], options: Parameters<typeof launch>[1]) => launch(args, options).done;

/** Writes a file, and the directories it needs. */
export async function put(file: string, content: string, mode = 0o644): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  await chmod(file, mode);
  return file;
}
