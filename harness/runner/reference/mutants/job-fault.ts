import type { JobPolicy } from '../policies/job-policies.ts';
import type { Mutant } from './mutant.ts';

/** A fault in how a job's script is run, or its end is told. */
export const jobFault = (name: string, says: string, change: Partial<JobPolicy>): Mutant => ({
  name,
  says,
  change: (honest) => ({ ...honest, job: { ...honest.job, ...change } }),
});
