import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { defaultCacheDirectory } from '../../../harness/world/index.ts';
import { temporaryDirectory } from '../stand-ins.ts';
import type { Answer } from './machine.ts';

const MACHINE = fileURLToPath(new URL('./machine.ts', import.meta.url));
/** A network, /run, /mnt and processes of its own: what the test puts there is not put on the real machine. */
const SETUP = `set -e
ip link set lo up
for place in /run /mnt /dev/shm; do mount -t tmpfs none "$place"; done
exec "$@"`;

/** Knocks at every place, on a stand-in machine. @param from where in a world the subject is */
export async function knock(from: 'shell' | 'container'): Promise<readonly Answer[]> {
  await using place = await temporaryDirectory();
  const unshare = ['--net', '--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child', '--mount-proc', '--'];
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', MACHINE];
  const { stdout } = await promisify(execFile)(
    'unshare',
    [...unshare, 'sh', '-c', SETUP, 'sh', ...node, place.dir, from, defaultCacheDirectory()],
    { timeout: 240_000, killSignal: 'SIGKILL' },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Answer[];
}
