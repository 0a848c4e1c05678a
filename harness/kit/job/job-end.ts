import type { EventOf, Evidence } from '../../ledger/index.ts';

/** How a job ended, as the runner reported it to GitLab. @param nth which job, counted from 0 by its end */
export function jobEnd(evidence: Evidence, nth = 0): EventOf<'job'> | undefined {
  return evidence.of('job').filter(({ what }) => what === 'finished')[nth];
}
