import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { childrenOf } from '../../process/index.ts';
import type { StartProgram } from './daemon.ts';

/**
 * Runs a program to its end, and ends it when standard input ends, which is at the latest when this process does,
 * however that comes about.
 */
const KEEPER = `exec 3<&0
"$@" </dev/null &
program=$!
{ cat <&3 >/dev/null; kill -TERM "$program"; } 2>/dev/null &
wait "$program"
`;

/**
 * Starts a program in this machine's own network, but in mount and process namespaces of its own: what it mounts and
 * starts ends with it.
 */
export const startInOwnMounts: StartProgram = async (file, args, env) => {
  const unshare = [
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    '--',
    '/bin/sh',
    '-c',
    KEEPER,
    'keeper',
  ];
  const child = spawn('unshare', [...unshare, file, ...args], { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {});
  const exited = once(child, 'exit').then(
    ([code, signal]) => ({ code: code as number | null, signal: signal as string | null }),
    () => ({ code: null, signal: null }),
  );
  await once(child, 'spawn');
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    exited,
    // The first process of a process namespace is deaf to signals from within, and unshare passes none on.
    kill: (signal) => {
      if (signal === 'SIGKILL') killAll(child);
      else child.stdin.end();
    },
  };
};

/** The first process of a process namespace ends when all others in it have, and unshare when that has (pid_namespaces(7)). */
function killAll(unshare: ChildProcess): void {
  const [first] = childrenOf(unshare.pid ?? 0);
  try {
    if (first === undefined) unshare.kill('SIGKILL');
    else process.kill(first, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
