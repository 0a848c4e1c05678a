import { stripVTControlCharacters } from 'node:util';
import { check, type Finding } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';

/** As a field of a JSON line or of logfmt, or in capitals as lines for people have it. */
const DEBUG = /"(?:level|levelname|severity)":\s*"(?:debug|trace)|\b(?:level|lvl|severity)="?(?:debug|trace)/i;
const DEBUG_IN_CAPITALS = /\b(?:DEBUG|TRACE)\b/;

/** Whether who runs a runner as the page has it sees a line of its log: what is for debugging is not shown by default. */
export function isShown(line: string): boolean {
  const plain = stripVTControlCharacters(line);
  return !DEBUG.test(plain) && !DEBUG_IN_CAPITALS.test(plain);
}

/** Where a runner says what became of a request: its log, or for the helper's commands the job's trace. */
export function reportedLine(
  evidence: Evidence,
  pattern: RegExp,
): { seq: number; t: number; text: string } | undefined {
  const log = evidence.logs(pattern).find(({ line }) => isShown(line));
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
