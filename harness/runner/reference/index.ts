export type { Behaviour, LogEntry } from './behaviour.ts';
export { referenceDriver } from './driver.ts';
export { dockerMutants, findMutant, type Mutant, mutantNames, mutants } from './mutants/index.ts';
export type { ReferenceOptions } from './options.ts';
