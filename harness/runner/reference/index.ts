export { type ReferenceOptions, referenceDriver } from './driver.ts';
export { findMutant, type Mutant, mutantNames, mutants } from './mutants/index.ts';
