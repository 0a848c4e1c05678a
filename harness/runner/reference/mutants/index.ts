import { correlationMutants } from './correlation.ts';
import { dockerMutants } from './docker.ts';
import { gitMutants } from './git.ts';
import { jobMutants } from './jobs.ts';
import type { Mutant } from './mutant.ts';
import { pollingMutants } from './polling.ts';
import { proxyMutants } from './proxy.ts';
import { rateLimitMutants } from './rate-limit/index.ts';
import { tlsMutants } from './tls.ts';
import { traceMutants } from './trace.ts';

export { dockerMutants } from './docker.ts';
export type { Mutant } from './mutant.ts';

/** Every fault that the reference runner can have. */
export const mutants: readonly Mutant[] = [
  ...rateLimitMutants,
  ...proxyMutants,
  ...pollingMutants,
  ...correlationMutants,
  ...gitMutants,
  ...tlsMutants,
  ...traceMutants,
  ...jobMutants,
  ...dockerMutants,
];

/** Their names, for whoever asks for one. */
export const mutantNames: readonly string[] = mutants.map((each) => each.name);

/** The mutant of that name, if there is one. */
export const findMutant = (name: string): Mutant | undefined => mutants.find((each) => each.name === name);
