import type { Finding } from '../../../harness/conformance/finding.ts';
import type { CaseOutcome, Results } from '../../../harness/conformance/outcome.ts';
import type { ProfileName } from '../../../harness/profile/index.ts';
import { outcome, results } from '../builder.ts';

const finding = (verdict: Finding['verdict'], expected: string, observed: string): Finding => ({
  verdict,
  expected,
  observed,
  evidence: [],
});

/** A required case that holds. */
export const holds = (id: string, more: Partial<CaseOutcome> = {}): CaseOutcome =>
  outcome({
    id,
    findings: [finding('holds', 'it comes again after a minute', 'it came again 60.0 s after the 429')],
    ...more,
  });

/** One that does not. */
export const fails = (id: string, observed: string, more: Partial<CaseOutcome> = {}): CaseOutcome =>
  outcome({ id, outcome: 'fail', findings: [finding('fails', 'it comes again after a minute', observed)], ...more });

/** A check with its answers. */
export const measures = (id: string, answers: readonly string[], more: Partial<CaseOutcome> = {}): CaseOutcome =>
  outcome({
    id,
    outcome: 'info',
    level: 'C',
    findings: answers.map((answer, index) => finding('measured', `what it does, ${index}`, answer)),
    ...more,
  });

/** A run of gitlab-runner. */
export const runOf = (version: string, outcomes: readonly CaseOutcome[], profile: ProfileName = '14.10'): Results =>
  results(outcomes, { subject: { kind: 'gitlab-runner', version, path: `/opt/gitlab-runner-${version}` }, profile });
