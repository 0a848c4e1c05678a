import { killProcesses } from './kill-processes.ts';
import { type ProcessEntry, readProcess, readProcesses } from './procfs.ts';

/**
 * Kills a process, the group that it leads and all that these started, in whichever session, and waits until they are
 * gone. What its parent had left before, in a session of its own as a daemon is, goes on.
 * @throws Error that names those that do not end
 */
export async function killTree(root: Pick<ProcessEntry, 'pid' | 'startTime'>): Promise<void> {
  const tree = new Map<number, Pick<ProcessEntry, 'pid' | 'startTime'>>();
  const now = readProcess(root.pid);
  let found = now?.startTime === root.startTime ? [now] : [];
  // Stopped, it starts nothing more; again until nothing new is found, because what is stopped last may have.
  while (found.length > 0) {
    for (const each of found) stop(each.pid);
    for (const each of found) tree.set(each.pid, each);
    found = readProcesses().filter(
      ({ pid, parent, group }) => !tree.has(pid) && (tree.has(parent) || group === root.pid),
    );
  }
  await killProcesses([...tree.values()]);
}

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGSTOP');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
