import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** What every git of the mock's own runs with: nobody's configuration but the repository's. */
export function gitEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: home,
    LANG: 'C.UTF-8',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Proxyproof',
    GIT_AUTHOR_EMAIL: 'proxyproof@example.invalid',
  };
}

/**
 * Runs git to its end.
 * @param feed writes to its standard input; without it there is none
 * @returns what it wrote to its standard output
 * @throws Error with what it said, when it fails
 */
export async function git(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly home: string;
    readonly feed?: (stdin: Writable) => Promise<void>;
  },
): Promise<string> {
  const child = spawn('git', args, { cwd: options.cwd, env: gitEnvironment(options.home) });
  const ended = outcomeOf(child, args);
  // A git that dies early closes its input; what it says on its way out is the better message.
  child.stdin.on('error', () => {});
  await options.feed?.(child.stdin);
  child.stdin.end();
  return ended;
}

function outcomeOf(child: ChildProcessWithoutNullStreams, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error) =>
      reject(new Error(`git could not be started: ${error.message}. Install git to serve repositories.`)),
    );
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`git ${args.join(' ')} ended with ${code}: ${stderr.trim()}`));
    });
  });
}
