import { randomBytes } from 'node:crypto';
import { isAlive, type ProcessOwner, thisProcess } from './owner.ts';
import { bootId } from './procfs.ts';

/**
 * The name of a run, which says whose it is: the harness process, when that began, and the pid namespace in which the
 * process id means it. Temporary directories and processes carry it, so whether they are strays can be told from the
 * name alone.
 */
export interface RunLabel extends ProcessOwner {
  readonly label: string;
}

/** The variable that names the run a process belongs to, in its environment. */
export const RUN_VARIABLE = 'PROXYPROOF_RUN';

const PATTERN = /^([0-9a-z]+)-([0-9a-z]+)-([0-9a-z]+)-[0-9a-f]{6}$/;

/** Names a run of this process. */
export function newRunLabel(): RunLabel {
  const owner = thisProcess();
  const parts = [owner.pid, owner.startTime, owner.pidNamespace].map((each) => each.toString(36));
  return { label: [...parts, randomBytes(3).toString('hex')].join('-'), ...owner };
}

let own: RunLabel | undefined;

/** What this process starts and makes outside of the runs that it carries out: programs, images. */
export function ownLabel(): RunLabel {
  own ??= newRunLabel();
  return own;
}

/** Reads a label; undefined when it is none of ours. */
export function parseRunLabel(label: string): RunLabel | undefined {
  const parts = PATTERN.exec(label)?.slice(1, 4);
  if (!parts) return undefined;
  const [pid, startTime, pidNamespace] = parts.map((each) => Number.parseInt(each, 36));
  if (pid === undefined || startTime === undefined || pidNamespace === undefined) return undefined;
  return { label, pid, startTime, pidNamespace };
}

/**
 * Whether the run's harness is certainly gone.
 * @param boot the machine's boot id when the run began, where it was recorded: after a restart nothing of it lives
 */
export function ownerIsDead(run: RunLabel, boot?: string): boolean {
  if (boot && bootId() && boot !== bootId()) return true;
  // In another pid namespace the number may be anybody's, and the owner may well be alive.
  return isAlive(run) === false;
}
