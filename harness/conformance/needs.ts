import { findOpeningSquid, findProgram } from '../process/index.ts';
import type { Driver } from '../runner/subject.ts';
import type { RunContext } from '../world/run-context.ts';
import type { Case } from './cases.ts';
import type { Lacking } from './outcome.ts';
import type { Need } from './scenario.ts';

/** How to get each program a scenario may need, as half a sentence. */
export const PROGRAMS: Readonly<Record<Exclude<Need, 'namespace' | 'docker-23'>, { file: string; get: string }>> = {
  git: { file: 'git', get: 'install git (Debian, Ubuntu: apt-get install git)' },
  'git-lfs': { file: 'git-lfs', get: 'install Git LFS (Debian, Ubuntu: apt-get install git-lfs)' },
  docker: {
    file: 'dockerd',
    get: 'install Docker and what makes its images (Debian, Ubuntu: apt-get install docker.io iptables mmdebstrap)',
  },
  kerberos: {
    file: 'krb5kdc',
    get: 'install a Kerberos KDC (Debian, Ubuntu: apt-get install krb5-kdc krb5-admin-server krb5-user)',
  },
  squid: { file: 'squid', get: 'install squid (Debian, Ubuntu: apt-get install squid)' },
  'squid-openssl': {
    file: 'squid with OpenSSL',
    get: 'let ./proxyproof unpack it (as root on Debian or Ubuntu), or install squid-openssl in place of squid',
  },
};

/** Where the program of a need is on this machine. */
export const programOf = (need: Exclude<Need, 'namespace' | 'docker-23'>): string | undefined =>
  need === 'squid-openssl' ? findOpeningSquid()?.squid : findProgram(PROGRAMS[need].file);

/** What of a need is missing on this machine, in a few words; undefined when it is here. Cheap: starts no program. */
export function missingHere(need: Need): string | undefined {
  if (need === 'namespace')
    return process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'root on Linux';
  // Which Docker it is, only a program says that is started.
  if (need === 'docker-23') return missingHere('docker');
  return programOf(need) ? undefined : PROGRAMS[need].file;
}

/** What is known of the machine once a run has begun. */
type Machine = Pick<
  RunContext,
  | 'isolation'
  | 'isolationReason'
  | 'imagesFailure'
  | 'engineFailure'
  | 'engineVersion'
  | 'squidFailure'
  | 'squidVersion'
>;

/** Why a case cannot run here. */
export interface UnmetNeed {
  readonly lacks: Lacking;
  /** A sentence. */
  readonly reason: string;
}

/** Why a case cannot run here with this subject; undefined when it can. */
export function unmetNeed(each: Case, driver: Driver, run: Machine): UnmetNeed | undefined {
  for (const ability of each.scenario.abilities(each)) {
    const reason = driver.cannot(ability);
    if (reason !== undefined) return { lacks: 'subject', reason: `The subject cannot do this: ${reason}.` };
  }
  for (const need of each.scenario.needs?.(each) ?? []) {
    const reason = absent(need, driver, run);
    if (reason !== undefined) return { lacks: 'machine', reason };
  }
  return undefined;
}

/** Why an engine is none of Docker 23 or later; where nobody knows, it says so itself when it starts. */
function olderDocker(version: string | undefined): string | undefined {
  if (version === undefined || Number.parseInt(version, 10) >= 23) return undefined;
  return `This needs Docker 23 or later, and the engine of this run is ${version}: run with --generation sid.`;
}

function absent(need: Need, driver: Driver, run: Machine): string | undefined {
  if (need === 'namespace') {
    // The reference runner's own sockets go by the world's dialer, which needs no namespace.
    if (run.isolation === 'namespace' || driver.clock === 'simulated') return undefined;
    return `No network namespace can be made here (${run.isolationReason ?? 'root on Linux is needed'}): run as root on Linux.`;
  }
  if (need === 'docker-23') return olderDocker(run.engineVersion);
  if (need === 'squid' || need === 'squid-openssl') {
    if (run.squidFailure !== undefined) return run.squidFailure;
    if (run.squidVersion !== undefined) return undefined;
  }
  const program = PROGRAMS[need];
  if (need === 'docker' && run.engineFailure !== undefined) return run.engineFailure;
  if (need === 'docker' && run.imagesFailure !== undefined) return run.imagesFailure;
  if (need === 'docker' && run.isolation !== 'namespace') {
    return `No network namespace can be made here for a Docker engine (${run.isolationReason ?? 'root on Linux is needed'}): run as root on Linux.`;
  }
  return programOf(need) ? undefined : `There is no ${program.file} on this machine: ${program.get}.`;
}
