import { pidNamespace, readProcess } from './procfs.ts';

/**
 * A process for good: its number may be given to another one, and means it in its own pid namespace only
 * (pid_namespaces(7)).
 */
export interface ProcessOwner {
  readonly pid: number;
  /** Clock ticks from the machine's start to the process's; 0 where the system does not tell. */
  readonly startTime: number;
  /** The inode of its pid namespace; 0 where there is none. */
  readonly pidNamespace: number;
}

/** This process. */
export function thisProcess(): ProcessOwner {
  return { pid: process.pid, startTime: readProcess('self')?.startTime ?? 0, pidNamespace: pidNamespace() };
}

/** Whether a process lives; undefined when that cannot be told from here, because it is in another pid namespace. */
export function isAlive(owner: ProcessOwner): boolean | undefined {
  if (owner.pidNamespace !== pidNamespace()) return undefined;
  if (owner.startTime === 0) return exists(owner.pid);
  const found = readProcess(owner.pid);
  return found !== undefined && !found.zombie && found.startTime === owner.startTime;
}

/** Whether there is any process of this number here. */
export function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
