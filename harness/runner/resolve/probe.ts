import { spawn } from 'node:child_process';
import type { Clock } from '../../clock/index.ts';

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

/** More than this, in bytes, is no answer to `--version`. */
const FLOOD_BYTES = 65_536;

/**
 * Runs a program that is nobody's subject yet, with nothing on its input, and gives it up when it takes too long or
 * prints too much; what it has started is ended with it.
 * @param limitMs on the clock
 */
export function probe(options: {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limitMs: number;
  readonly clock: Clock;
}): Promise<Probe> {
  return new Promise((resolve) => {
    // In a process group of its own, so that it can be ended together with its children.
    const child = spawn(options.path, [...options.args], {
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const text = { stdout: '', stderr: '' };
    const patience = new AbortController();

    let exited: Pick<Probe, 'code' | 'signal'> | undefined;
    let settled = false;
    const settle = (ended: Probe['ended'], rest: Partial<Probe> = {}): void => {
      if (settled) return;
      settled = true;
      patience.abort();
      endGroup(child.pid);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ ...text, ended, code: null, signal: null, ...rest });
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
      endGroup(child.pid);
    });
    child.on('close', (code, signal) => settle('exit', { code, signal }));
    options.clock.sleep(options.limitMs, patience.signal).then(
      () => (exited ? settle('exit', exited) : settle('late')),
      () => {},
    );
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}
