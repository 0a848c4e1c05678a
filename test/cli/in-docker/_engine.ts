import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { startDaemon } from '../../../harness/containers/engine/daemon.ts';
import { startInOwnMounts } from '../../../harness/containers/engine/start-in-own-mounts.ts';
import { followProgress } from '../../../harness/containers/follow-progress.ts';

/** Changes nothing of the machine's network, in which its containers live. */
const MACHINE_NETWORK = ['--bridge', 'none', '--iptables=false', '--ip6tables=false'];

/** What stands in for a user's own engine. */
export interface StandInEngine extends AsyncDisposable {
  readonly docker: Docker;
  /** For DOCKER_HOST. */
  readonly host: string;
  readonly dir: string;
}

/** Starts a daemon with nothing in it, which ends with this process at the latest. */
export async function standInEngine(): Promise<StandInEngine> {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-engine-'));
  try {
    const daemon = await startDaemon({
      start: startInOwnMounts,
      dir,
      dataRoot: join(dir, 'data'),
      args: MACHINE_NETWORK,
      env: { PATH: process.env['PATH'] ?? '' },
    });
    return {
      docker: daemon.docker,
      host: `unix://${daemon.socketPath}`,
      dir,
      [Symbol.asyncDispose]: async () => {
        await daemon[Symbol.asyncDispose]();
        await remove(dir);
      },
    };
  } catch (error) {
    await remove(dir);
    throw error;
  }
}

const remove = (dir: string): Promise<void> => rm(dir, { recursive: true, force: true, maxRetries: 5 });

/** Makes an image of some of this machine's own programs and the libraries they use; no registry is needed. */
export async function imageOfPrograms(docker: Docker, name: string, programs: readonly string[]): Promise<void> {
  const script = `files=$(for each in "$@"; do command -v "$each"; done)
libraries=$(ldd $files 2>/dev/null | grep -o '/[^ ]*' | tr -d : | sort -u)
exec tar -c -h -C / --no-recursion -f - run tmp root $(printf '%s\\n' $files $libraries | sort -u | sed 's,^/,,')`;
  const tar = spawn('bash', ['-c', script, 'bash', ...programs], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [repo = '', tag = 'latest'] = name.split(':');
  await followProgress(docker, await docker.importImage(tar.stdout as Readable, { repo, tag }));
}
