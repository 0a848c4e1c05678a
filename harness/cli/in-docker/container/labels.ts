import { hostname } from 'node:os';
import { bootId, ownerIsDead, parseRunLabel } from '../../../process/index.ts';

/** Of containers: the run that a container carries. */
export const RUN_LABEL = 'proxyproof.run';
/** Of containers: the machine on which the run's owner is, since an engine may serve many. */
const MACHINE_LABEL = 'proxyproof.machine';
/** Of containers: which start of that machine. */
const BOOT_LABEL = 'proxyproof.boot';
/** Of images: the image that one was prepared from. */
export const PREPARED_LABEL = 'proxyproof.prepared-from';

/** The labels of a container. @param run the label of the run, which says whose it is */
export const labelsOf = (run: string): Record<string, string> => ({
  [RUN_LABEL]: run,
  [MACHINE_LABEL]: hostname(),
  [BOOT_LABEL]: bootId(),
});

/**
 * Whether a container is left of a run of this machine whose owner is certainly gone. Process ids mean nothing on
 * another machine, and before this one was started; a container that runs is then left alone.
 */
export function isStray(labels: Readonly<Record<string, string>>, running: boolean): boolean {
  const run = parseRunLabel(labels[RUN_LABEL] ?? '');
  if (!run || labels[MACHINE_LABEL] !== hostname()) return false;
  return labels[BOOT_LABEL] === bootId() ? ownerIsDead(run) : !running;
}
