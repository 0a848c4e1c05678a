import { blocked, counted, type Finding } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';

/**
 * That a job was handed out, which every question about a job needs first.
 * @returns undefined when one was, else a finding that blocks the case and says what was seen instead
 */
export function jobTaken(evidence: Evidence): Finding | undefined {
  if (evidence.of('job').some(({ what }) => what === 'handed-out')) return undefined;
  const asked = evidence.gitlab('job').length;
  const refused = evidence.proxy().filter(({ status }) => status === 407).length;
  const seen =
    asked > 0
      ? `${counted(asked, 'job requests')} arrived at GitLab, but none was answered with a job`
      : refused > 0
        ? `no job request arrived at GitLab; the proxy answered ${counted(refused, 'requests')} with 407`
        : 'no job request arrived at GitLab';
  return blocked('a job is handed out', seen, ...evidence.gitlab('job').slice(0, 3));
}
