import { check, type Finding } from '../../conformance/authoring.ts';
import { explainUntrusted } from '../../diagnosis/tls/explain.ts';
import type { Evidence } from '../../ledger/index.ts';
import { jobEnd } from '../job/job-end.ts';
import { traceLines } from '../job/trace.ts';

/**
 * That nobody in a job rejects a certificate. Where somebody does, the finding is what the catalogue of causes makes of the job's
 * trace: who it is, and the file or variable to change.
 */
export function nobodyRejects(evidence: Evidence): Finding {
  // Of a job that succeeded a diagnosis tells nothing, though a cache was lost.
  const trace = traceLines(evidence).filter((line) => !line.includes('Job succeeded'));
  const found = explainUntrusted({ runner: [], jobs: [trace] });
  const seen = found && `${[found.says, found.remedy?.says].filter(Boolean).join(' ')} (${found.cause})`;
  return check(
    found === undefined,
    "nobody in the job rejects a certificate: all know the interceptor's CA",
    seen?.replace(/\.$/, '') ?? 'nobody did',
    jobEnd(evidence),
  );
}
