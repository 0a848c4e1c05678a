import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../harness/process/index.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A directory with a home of its own, in which commands run as for a user who has never run anything. */
export interface Place extends AsyncDisposable {
  readonly dir: string;
  run(cwd: string, file: string, ...args: string[]): Promise<Ran>;
}

/** Makes an empty place. Packages that npm has downloaded for this user before are not downloaded again. */
export async function emptyPlace(): Promise<Place> {
  const dir = await mkdtemp(join(tmpdir(), 'package test '));
  const HOME = join(dir, 'home');
  await mkdir(HOME);
  const cache = (await run('npm', ['config', 'get', 'cache'], { limitMs: 30_000 })).stdout.trim();
  // What vitest and npm have put in front would be found instead of what is installed here.
  const PATH = (process.env['PATH'] ?? '')
    .split(':')
    .filter((each) => !each.includes('node_modules'))
    .join(':');
  const env = {
    PATH,
    HOME,
    LANG: 'C.UTF-8',
    PROXYPROOF_NO_INSTALL: '1',
    npm_config_cache: cache,
    npm_config_prefer_offline: 'true',
    npm_config_update_notifier: 'false',
  };
  return {
    dir,
    run: async (cwd, file, ...args) => {
      const options = { cwd, env, limitMs: 180_000, maxLength: 64 * 2 ** 20 };
      try {
        const { stdout, stderr } = await run(file, args, options);
        return { code: 0, out: stdout, err: stderr };
      } catch (error) {
        const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
        if (typeof code !== 'number') throw error;
        return { code, out: stdout, err: stderr };
      }
    },
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Copies what a clone of this state would have, without anything that was installed or built. */
export async function cloneInto(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const files = 'git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null';
  await run('bash', ['-c', `${files} | tar -c -T - | tar -x -C "$1"`, 'bash', dir], { cwd: ROOT, limitMs: 180_000 });
}
