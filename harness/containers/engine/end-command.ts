import { controlGroupsOf, killTree, processIds, readProcesses } from '../../process/index.ts';

/** The process namespace of an engine's daemon is the first below this process's: that of the case. */
const DAEMON_LEVEL = 1;

/**
 * Ends a command that runs in a container of an engine of ours, with all that it started.
 * @param container the container's id
 * @param pid the command's process id as the daemon says it, which means something in the daemon's process namespace
 * @returns whether there was such a process
 * @throws Error when it does not end
 */
export async function endCommand(container: string, pid: number): Promise<boolean> {
  // Other engines have the same ids for other processes: the container's control group tells.
  const command = readProcesses().find(
    (each) => processIds(each.pid)[DAEMON_LEVEL] === pid && controlGroupsOf(each.pid).includes(container),
  );
  if (command) await killTree(command);
  return command !== undefined;
}
