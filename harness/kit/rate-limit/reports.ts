import { check, type Finding } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';

/** Where a runner says what became of a request: its log, or for the helper's commands the job's trace. */
export function reportedLine(
  evidence: Evidence,
  pattern: RegExp,
): { seq: number; t: number; text: string } | undefined {
  const log = evidence.logs(pattern)[0];
  if (log) return { seq: log.seq, t: log.t, text: log.line };
  for (const exchange of evidence.gitlab('trace')) {
    const line = exchange.body?.text?.split('\n').find((each) => pattern.test(each));
    if (line) return { seq: exchange.evidence[0] ?? 0, t: exchange.arrived, text: line };
  }
  return undefined;
}

/** That the error is said. */
export function reportsError(evidence: Evidence, pattern: RegExp, says: string): Finding {
  const found = reportedLine(evidence, pattern);
  return check(
    found !== undefined,
    `${says} is reported`,
    found ? `reported: ${found.text.slice(0, 200)}` : 'neither the log nor the trace says so',
    found ? { seq: found.seq } : undefined,
  );
}
