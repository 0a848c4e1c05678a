import type { Finding } from './finding.ts';
import type { Level } from './level.ts';
import type { Outcome } from './outcome.ts';

/** What a judge's findings come to, for a requirement of this level, and the sentence that says why. */
export function verdict(findings: readonly Finding[], level: Level): { outcome: Outcome; reason: string } {
  if (findings.length === 0) {
    return {
      outcome: 'error',
      reason: 'The scenario judged nothing: its judge returned no finding. Mend the scenario.',
    };
  }
  const failed = findings.filter((each) => each.verdict === 'fails');
  const invariants = failed.filter((each) => each.invariant);
  if (invariants.length > 0 && level !== 'R') {
    return { outcome: 'fail', reason: (level === 'C' ? invariants : failed).map(contradiction).join(' ') };
  }
  if (failed.length > 0 && level !== 'C') {
    return { outcome: level === 'R' ? 'fail' : 'warn', reason: failed.map(contradiction).join(' ') };
  }
  const blocked = findings.filter((each) => each.verdict === 'blocked');
  if (blocked.length > 0) {
    return {
      outcome: 'blocked',
      reason: blocked.map((each) => `Needed first: ${each.expected}. Observed: ${each.observed}.`).join(' '),
    };
  }
  if (level === 'C') {
    const answers = findings.filter((each) => each.verdict !== 'holds');
    return { outcome: 'info', reason: `${(answers.length > 0 ? answers : findings).map(answer).join('; ')}.` };
  }
  if (findings.every((each) => each.verdict === 'measured')) {
    return {
      outcome: 'error',
      reason: `The scenario decided nothing. Its requirement can be missed, but its judge only measured: ${findings.map(answer).join('; ')}. Mend the scenario.`,
    };
  }
  return { outcome: 'pass', reason: `${findings.map(({ observed }) => observed).join('; ')}.` };
}

const contradiction = (finding: Finding): string => `Expected: ${finding.expected}. Observed: ${finding.observed}.`;

const answer = (finding: Finding): string =>
  finding.verdict === 'fails' ? `expected: ${finding.expected}, but observed: ${finding.observed}` : finding.observed;
