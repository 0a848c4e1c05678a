import { bypass, check, type Finding, NOTHING_DIRECT } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';

/** That nobody went around the proxy during the whole case, whatever the scenario allows: the invariant, as a finding that may hold. */
export const nothingDirect = (evidence: Evidence): Finding =>
  bypass(evidence, {})[0] ?? check(true, NOTHING_DIRECT, 'nothing went around the proxy');
