import type { CaseOutcome, Results } from '../../../harness/conformance/outcome.ts';
import { totals } from '../../../harness/conformance/totals.ts';

type Finding = CaseOutcome['findings'][number];

export const holds = (expected: string, observed = 'so it was'): Finding => ({
  verdict: 'holds',
  expected,
  observed,
  evidence: [],
});
export const fails = (expected: string, observed: string): Finding => ({
  verdict: 'fails',
  expected,
  observed,
  evidence: [],
});
export const answer = (observed: string): Finding => ({
  verdict: 'measured',
  expected: 'what it does on 408',
  observed,
  evidence: [],
});

/** An outcome that is what its findings come to. */
export function caseOf(id: string, ...findings: readonly Finding[]): CaseOutcome {
  const has = (verdict: Finding['verdict']): boolean => findings.some((each) => each.verdict === verdict);
  return {
    id,
    scenario: id.replace(/\[.*$/, ''),
    axes: {},
    level: 'R',
    outcome: has('fails') ? 'fail' : has('measured') ? 'info' : findings.length > 0 ? 'pass' : 'skip',
    expected: 'pass',
    reason: findings.map(({ observed }) => observed).join('; ') || 'There is none here.',
    citation: 'a page',
    requirement: 'It asks again, with the same body.',
    durationMs: 1,
    waitedMs: 1,
    evidence: [],
    findings,
  };
}

export function resultsOf(version: string, outcomes: readonly CaseOutcome[], profile = '14.10'): Results {
  return {
    suite: { name: 'proxyproof', version: '0.1.0' },
    subject: { kind: 'gitlab-runner', version, path: `/bin/gitlab-runner-${version}` },
    profile: profile as Results['profile'],
    environment: {
      startedAt: '2026-11-28T10:00:00.000Z',
      durationMs: 1,
      os: 'Linux',
      node: '24',
      cpus: 2,
      command: './proxyproof run',
      tools: {},
    },
    outcomes,
    totals: totals(outcomes, false),
  };
}
