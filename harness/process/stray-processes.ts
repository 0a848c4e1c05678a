import { directoryOf, environmentOf, type ProcessEntry, readProcesses } from './procfs.ts';
import { ownerIsDead, parseRunLabel, RUN_VARIABLE } from './run-label.ts';

/** A process of a dead run. */
export interface StrayProcess {
  readonly pid: number;
  readonly startTime: number;
  readonly label: string;
  /** The program's name; its arguments may hold credentials. */
  readonly name: string;
}

/** Programs of proxies, which are started with an environment of their own. */
const BY_DIRECTORY = ['squid', 'krb5kdc'];

/**
 * The processes that bear the label of a run whose harness is gone or, as a proxy's do, work in such a run's directory.
 * @param labelOf the label of the run in whose directory a path lies
 */
export function findStrayProcesses(labelOf: (path: string) => string | undefined = () => undefined): StrayProcess[] {
  return readProcesses().flatMap((entry) => {
    const label = strayLabel(entry, labelOf);
    const { pid, startTime, name } = entry;
    return label === undefined ? [] : [{ pid, startTime, label, name }];
  });
}

/** The label of a dead run that a process bears in its environment or, as a proxy's, in its directory's name. */
function strayLabel({ pid, name }: ProcessEntry, labelOf: (path: string) => string | undefined): string | undefined {
  if (pid === process.pid) return undefined;
  const place = BY_DIRECTORY.includes(name) ? labelOf(directoryOf(pid) ?? '') : undefined;
  const label = environmentOf(pid).get(RUN_VARIABLE) ?? place;
  const run = label === undefined ? undefined : parseRunLabel(label);
  return run && ownerIsDead(run) ? label : undefined;
}
