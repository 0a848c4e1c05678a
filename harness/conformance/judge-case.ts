import type { Evidence } from '../ledger/index.ts';
import type { Case } from './cases.ts';
import type { Finding } from './finding.ts';
import type { Outcome } from './outcome.ts';
import { verdict } from './verdict.ts';

/** A case's verdict. */
export interface Judged {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly findings: readonly Finding[];
  readonly evidence: readonly number[];
}

/**
 * Judges the evidence of a case. Pure, so a stored ledger can be judged again.
 * @param trouble a wait for the subject that was in vain, when there was one
 */
export function judgeCase(each: Case, evidence: Evidence, trouble?: Finding): Judged {
  let findings: readonly Finding[];
  try {
    findings = each.scenario.judge(evidence, { axes: each.axes, profile: each.profile });
  } catch (error) {
    return {
      outcome: 'error',
      reason: `The judge of ${each.scenario.id} broke: ${(error as Error).message}. This is a fault of the scenario, not of the subject.`,
      findings: [],
      evidence: [],
    };
  }
  // A judge that found a failure has said it better; a judge that is content must not hide a wait that was in vain.
  if (trouble && !findings.some((each) => each.verdict === 'fails' || each.verdict === 'blocked')) {
    findings = [...findings, trouble];
  }
  findings = withLastWords(findings, evidence);
  const { outcome, reason } = verdict(findings, each.level);
  const seqs = new Set(findings.flatMap((finding) => finding.evidence));
  return { outcome, reason, findings, evidence: [...seqs].sort((a, b) => a - b) };
}

/** A runner that died explains a failure better than what it then did not do. */
function withLastWords(findings: readonly Finding[], evidence: Evidence): readonly Finding[] {
  if (!findings.some((each) => each.verdict === 'fails' || each.verdict === 'blocked')) return findings;
  const stopping = evidence.mark('stopping');
  const crash = evidence
    .of('process-exit')
    .find(
      (exit) =>
        (exit.signal !== null || exit.code !== 0) &&
        (!stopping || exit.seq < stopping.seq) &&
        isRunner(evidence, exit.process),
    );
  if (!crash) return findings;
  const words = evidence
    .logs()
    .filter((log) => log.process === crash.process)
    .at(-1);
  const how = crash.signal ? `was ended by ${crash.signal}` : `exited with code ${crash.code}`;
  const said = words ? `; its last words were: ${words.line.slice(0, 300)}` : ' and said nothing';
  return findings.map((each) =>
    each.verdict === 'fails' || each.verdict === 'blocked'
      ? {
          ...each,
          observed: `${each.observed} (the runner's process ${how} at ${(crash.t / 1000).toFixed(2)} s${said})`,
          evidence: [...each.evidence, crash.seq, ...(words ? [words.seq] : [])],
        }
      : each,
  );
}

/** The first program that was started is the runner, or a command of it. */
function isRunner(evidence: Evidence, process: string): boolean {
  return evidence
    .of('process-start')
    .some((start) => start.process === process && !/\b(git|bash|sh|tar)$/.test(start.command[0] ?? ''));
}
