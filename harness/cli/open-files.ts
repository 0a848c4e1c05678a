import { readFileSync } from 'node:fs';
import { EnvironmentError } from '../conformance/errors.ts';

/** What the harness has open without a case, and what a case of the dearest kind adds: 40 and 22 were measured. */
const OWN = 64;
const PER_CASE = 32;
/** Enough for two cases at once. */
const FEWEST = OWN + 2 * PER_CASE;

/** How many files, sockets and pipes among them, this process may have open: RLIMIT_NOFILE of getrlimit(2). */
export function openFilesLimit(limits = readFileSync('/proc/self/limits', 'utf8')): number {
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  return soft === undefined || soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}

/**
 * How many cases may be under way at once.
 * @param wanted how many there would be
 * @throws EnvironmentError when there are not files enough for two
 */
export function jobsWithin(limit: number, wanted: number): number {
  if (limit >= FEWEST) return Math.min(wanted, Math.floor((limit - OWN) / PER_CASE));
  throw new EnvironmentError(
    `This process may open ${limit} files, and a run needs ${FEWEST}. Raise the limit: ulimit -n 4096; where that is refused, the hard limit is in the way: set LimitNOFILE= of the service, --ulimit nofile=4096 of docker run, or nofile in /etc/security/limits.conf.`,
  );
}
