import type { Writable } from 'node:stream';
import { ProgramError, run } from '../../process/index.ts';

/** How long git may take, in real milliseconds; 10 are usual, and a second for the largest repository. */
const LIMIT_MS = 120_000;

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
 * @throws ProgramError with what it said, when it fails
 */
export async function git(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly home: string;
    readonly feed?: (stdin: Writable) => Promise<void>;
  },
): Promise<string> {
  const { cwd, home, feed } = options;
  const name = `git ${args.join(' ')}`;
  const more = feed ? { input: feed } : {};
  try {
    const { stdout } = await run('git', args, { name, cwd, env: gitEnvironment(home), limitMs: LIMIT_MS, ...more });
    return stdout;
  } catch (error) {
    if (!(error instanceof ProgramError) || error.ended !== 'not-started') throw error;
    throw new Error(`${error.message} Install git to serve repositories.`, { cause: error });
  }
}
