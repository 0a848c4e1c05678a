import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../harness/process/index.ts';
import type { Started } from './started.ts';

/** A directory with a git client in it, which knows nothing of this machine's configuration. */
export interface GitClient extends AsyncDisposable {
  readonly dir: string;
  git(...args: string[]): Promise<string>;
}

export async function gitClient(env: Record<string, string> = {}): Promise<GitClient> {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-git-test-'));
  return {
    dir,
    git: async (...args) => {
      const { stdout, stderr } = await run('git', args, {
        cwd: dir,
        env: {
          PATH: process.env['PATH'] ?? '/usr/bin:/bin',
          HOME: dir,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_TERMINAL_PROMPT: '0',
          ...env,
        },
        limitMs: 60_000,
        maxLength: 64 * 1024 * 1024,
      });
      return stdout + stderr;
    },
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  };
}

/** A repository's URL as a job gets it, but by an address that works here. */
export function reachable(started: Started, url: string): string {
  return url.replace(`gitlab.test:${started.gitlab.port}`, `127.0.0.1:${started.gitlab.port}`);
}

/** Has git go to 127.0.0.1 for every URL of the mock. */
export const insteadOf = (started: Started): string[] => [
  '-c',
  `url.${started.base}/.insteadOf=${started.gitlab.url}/`,
  // git-lfs does so for its transfers only when it is told to.
  '-c',
  'lfs.transfer.enableHrefRewrite=true',
];
