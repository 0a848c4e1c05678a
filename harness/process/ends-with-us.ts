import { killGroup } from './kill-group.ts';

/** What ends this process unless somebody handles it. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Leaders of the groups that end with this process. */
const leaders = new Set<number>();

process.on('exit', killAll);

/**
 * Sees to it that a process group of its own ends when this process does, by a signal too: the terminal's are not for it.
 * After a kill -9 its label remains.
 * @returns what ends that, when the program has ended
 */
export function endsWithUs(leader: number | undefined): () => void {
  if (leader === undefined) return () => {};
  if (leaders.size === 0) for (const each of SIGNALS) process.on(each, die);
  leaders.add(leader);
  return () => {
    leaders.delete(leader);
    if (leaders.size === 0) for (const each of SIGNALS) process.off(each, die);
  };
}

function killAll(): void {
  for (const each of leaders) killGroup(each);
}

/** Does what the signal would have done. */
function die(signal: NodeJS.Signals): void {
  // Somebody else handles it, and ends what was started in order.
  if (process.listenerCount(signal) > 1) return;
  killAll();
  process.off(signal, die);
  process.kill(process.pid, signal);
}
