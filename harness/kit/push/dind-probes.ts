import { check, type Finding } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import { jobEnd } from '../job/job-end.ts';
import { traceLines } from '../job/trace.ts';

const WORD = 'dind-probe';
/** What is tried at the port that speaks TLS, as a sentence has it after “dind refuses”. */
const PROBES = {
  'no-certificate': { url: 'https://docker:2376/version', says: 'a client without a certificate' },
  'no-tls': { url: 'http://docker:2376/version', says: 'a client without TLS' },
} as const;
type ProbeName = keyof typeof PROBES;
const NAMES = Object.keys(PROBES) as ProbeName[];

/** Lines of a script that try at a dind with TLS what it must refuse. They say what came, and fail in no case. */
export const dindProbes: readonly string[] = NAMES.map(
  (name) =>
    `curl -s -k --noproxy '*' --max-time 10 -o /dev/null -w '${WORD} ${name}: %{http_code}\\n' ${PROBES[name].url} || true`,
);

/** That it refused it. */
export function dindRefuses(evidence: Evidence): Finding[] {
  const lines = traceLines(evidence);
  return NAMES.map((name) => {
    const start = `${WORD} ${name}: `;
    const status = lines.find((line) => line.startsWith(start))?.slice(start.length);
    const seen =
      status === undefined
        ? 'it was not tried'
        : status === '000'
          ? 'the connection ended without an answer'
          : `it answered ${status}`;
    return check(
      status !== undefined && !status.startsWith('2'),
      `dind refuses ${PROBES[name].says}`,
      seen,
      jobEnd(evidence),
    );
  });
}
