import type { Evidence } from '../ledger/index.ts';
import type { Finding } from './finding.ts';

/** A runner that died explains a failure better than what it then did not do: its end is added to what was observed. */
export function withLastWords(findings: readonly Finding[], evidence: Evidence): readonly Finding[] {
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
