import type { Mutant } from '../mutant.ts';
import { episodeMutants } from './episodes.ts';
import { headerMutants } from './headers.ts';
import { limitLogMutants } from './log.ts';
import { retriedRequestMutants } from './requests.ts';
import { waitMutants } from './waits.ts';

/** Faults in how rate limits are handled. */
export const rateLimitMutants: readonly Mutant[] = [
  ...headerMutants,
  ...waitMutants,
  ...retriedRequestMutants,
  ...episodeMutants,
  ...limitLogMutants,
];
