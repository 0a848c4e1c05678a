import { spawn } from 'node:child_process';
import { type Clock, machineClock } from '../clock/index.ts';
import { endsWithUs } from './ends-with-us.ts';
import { killGroup } from './kill-group.ts';
import { ownLabel, RUN_VARIABLE } from './run-label.ts';

/** What a program printed, and how it ended. */
export interface Probe {
  readonly stdout: string;
  readonly stderr: string;
  readonly ended: 'exit' | 'late' | 'flood' | 'not-started';
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it did not start. */
  readonly reason?: string;
}

/** Which program is asked, and how long it may take. */
export interface ProbeOptions {
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
  /** This process's own by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** In milliseconds, on the clock. */
  readonly limitMs: number;
  /** The machine's own by default. */
  readonly clock?: Clock;
}

/** More than this, in bytes, is no answer to `--version`. */
const FLOOD_BYTES = 65_536;

/**
 * Runs a program that nobody knows, for its version or the like, with nothing on its input, and gives it up when it
 * takes too long or prints too much; what it has started is ended with it. Whatever the program does, this never
 * throws.
 */
export function probe(options: ProbeOptions): Promise<Probe> {
  return new Promise((resolve) => {
    const child = start(options);
    if (child instanceof Error) return resolve({ ...UNKNOWN, ended: 'not-started', reason: child.message });
    const over = endsWithUs(child.pid);
    const text = { stdout: '', stderr: '' };
    const settled = new AbortController();

    let exited: Pick<Probe, 'code' | 'signal'> | undefined;
    const settle = (ended: Probe['ended'], rest: Partial<Probe> = {}): void => {
      if (settled.signal.aborted) return;
      settled.abort();
      killGroup(child.pid);
      over();
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ ...UNKNOWN, ...text, ended, ...rest });
    };

    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        text[stream] += chunk;
        if (text[stream].length > FLOOD_BYTES) settle('flood');
      });
    }
    child.on('error', (error) => settle('not-started', { reason: error.message }));
    child.on('exit', (code, signal) => {
      exited = { code, signal };
      // A child of its own may still hold the pipes open, and the end of what it printed is behind that.
      killGroup(child.pid);
    });
    child.on('close', (code, signal) => settle('exit', { code, signal }));
    (options.clock ?? machineClock).sleep(options.limitMs, settled.signal).then(
      () => (exited ? settle('exit', exited) : settle('late')),
      () => {},
    );
  });
}

const UNKNOWN = { stdout: '', stderr: '', code: null, signal: null } as const;

function start({ path, args, env }: ProbeOptions) {
  try {
    // In a process group of its own, so that it can be ended together with its children.
    return spawn(path, [...args], {
      env: { ...(env ?? process.env), [RUN_VARIABLE]: ownLabel().label },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  } catch (error) {
    // Some refusals of the system come at once, such as one of a list of arguments that is too long.
    return error as Error;
  }
}
