import type { EventOf, Evidence } from '../../ledger/index.ts';

/** How a job ended, as GitLab was told; by default the first job of the case. */
export function jobEnd(evidence: Evidence, nth = 0): EventOf<'job'> | undefined {
  return evidence.of('job').filter(({ what }) => what === 'finished')[nth];
}
