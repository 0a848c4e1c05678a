export { controlGroupOf, findControlGroups, removeControlGroups } from './control-groups.ts';
export { isHeld, staleLockFiles, withDirectoryLock } from './directory-lock.ts';
export { staleUserFiles, useDirectory, whenUnused } from './directory-users.ts';
export { type FindOptions, findProgram, isProgram, SEARCH_PATH } from './find-program.ts';
export { CERTIFICATE_HELPER, findOpeningSquid, findSquid, findSquidHelper, type OpeningSquid } from './find-squid.ts';
export { homeDirectory, NO_HOME } from './home-directory.ts';
export { killGroup } from './kill-group.ts';
export { killProcesses } from './kill-processes.ts';
export { killTree } from './kill-tree.ts';
export { type LookAtLoad, lookAtThisMachine } from './machine-load.ts';
export { exists, isAlive, type ProcessOwner, thisProcess } from './owner.ts';
export { type Probe, type ProbeOptions, probe } from './probe.ts';
export {
  bootId,
  boundSockets,
  childrenOf,
  controlGroupsOf,
  directoryOf,
  environmentOf,
  type ProcessEntry,
  pidNamespace,
  processIds,
  readProcess,
  readProcesses,
} from './procfs.ts';
export { ProgramError } from './program-error.ts';
export { type Output, type ProgramOptions, run } from './run.ts';
export { newRunLabel, ownerIsDead, ownLabel, parseRunLabel, RUN_VARIABLE, type RunLabel } from './run-label.ts';
export { findSharedMemory, removeSharedMemory, sharedMemoryName } from './shared-memory.ts';
export { findStrayProcesses, type StrayProcess } from './stray-processes.ts';
