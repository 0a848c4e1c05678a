import { setTimeout as delay } from 'node:timers/promises';
import { type ProcessEntry, readProcess } from './procfs.ts';

/** How long a killed process may take to be gone, in real milliseconds. */
const GONE_LIMIT_MS = 2000;

/**
 * Kills processes that are not this one's children, and waits until they are gone.
 * @throws Error that names those that do not end
 */
export async function killProcesses(processes: readonly Pick<ProcessEntry, 'pid' | 'startTime'>[]): Promise<void> {
  for (const each of processes) if (isStill(each)) kill(each.pid);
  // There is no event for the end of a process that is not ours; a killed one is gone within a few looks.
  const limit = performance.now() + GONE_LIMIT_MS;
  for (let left = processes.filter(isStill); left.length > 0; left = left.filter(isStill)) {
    if (performance.now() > limit) {
      const pids = left.map(({ pid }) => pid).join(', ');
      throw new Error(`Killed processes do not end (${pids}): they wait inside the kernel. Try again later.`);
    }
    await delay(5);
  }
}

function isStill({ pid, startTime }: Pick<ProcessEntry, 'pid' | 'startTime'>): boolean {
  const entry = readProcess(pid);
  return entry !== undefined && !entry.zombie && entry.startTime === startTime;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
