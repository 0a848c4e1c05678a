import { machineClock } from '../clock/index.ts';
import { type ProcessEntry, readProcess } from './procfs.ts';

/** How long a killed process may take to be gone, in real milliseconds. */
const GONE_LIMIT_MS = 10_000;

/**
 * Kills processes that are not this one's children, and waits until they are gone.
 * @throws Error that names those that do not end
 */
export async function killProcesses(processes: readonly Pick<ProcessEntry, 'pid' | 'startTime'>[]): Promise<void> {
  for (const each of processes) if (isStill(each)) kill(each.pid);
  const left = (): (typeof processes)[number][] => processes.filter(isStill);
  const late = (): Error => {
    const pids = left().map(({ pid }) => pid);
    return new Error(`Killed processes do not end (${pids.join(', ')}): they wait inside the kernel. Try again later.`);
  };
  // There is no event for the end of a process that is not ours; a killed one is gone within a few looks.
  await machineClock.until(GONE_LIMIT_MS, late, () => left().length === 0 || undefined, { everyMs: 5 });
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
