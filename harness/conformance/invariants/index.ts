import type { Evidence } from '../../ledger/index.ts';
import type { Finding } from '../finding.ts';
import type { Allowances } from './allowances.ts';
import { boundedRequests } from './bounded-requests.ts';
import { bypass } from './bypass.ts';
import { credentials } from './credentials.ts';
import { jobTruth } from './job-truth.ts';
import { protocol } from './protocol.ts';

export type { Allowances, Allowed } from './allowances.ts';
export { bypass, NOTHING_DIRECT } from './bypass.ts';

/**
 * What holds in every case of every family, whatever it asks (the register, “Invariants”): a broken one is a failure of the case,
 * whatever its level.
 * @param behindProxy whether the case's world has a proxy; without one everything is direct
 * @returns a finding for each that is broken; none where all hold
 */
export function brokenInvariants(evidence: Evidence, behindProxy: boolean, allows: Allowances): Finding[] {
  const findings = [
    ...(behindProxy ? bypass(evidence, allows) : []),
    ...credentials(evidence),
    ...protocol(evidence, allows),
    ...jobTruth(evidence),
    ...boundedRequests(evidence, allows),
  ];
  return findings.map((each) => ({ ...each, invariant: true }));
}
