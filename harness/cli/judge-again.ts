import type { Case, CaseOutcome, Expectations, ProfileName, Results, Scenario } from '../conformance/index.ts';
import { expand, judgeCase, totals, UsageError, withoutRepetition } from '../conformance/index.ts';
import { Evidence, type LedgerEvent } from '../ledger/index.ts';

/** How a run is judged again. */
export interface Again {
  readonly scenarios: readonly Scenario[];
  /** Whether warnings count as not as expected. */
  readonly strict: boolean;
  /** Instead of the run's own: one under which the same would have been recorded. */
  readonly profile?: ProfileName;
  /** Instead of those of the run itself. */
  readonly expectations?: Expectations | undefined;
}

/**
 * Judges the cases of a run again from what was recorded.
 * @throws UsageError when the scenarios have no such case
 */
export function judgeAgain(
  earlier: Results,
  events: readonly LedgerEvent[],
  { scenarios, strict, profile = earlier.profile, expectations }: Again,
): Results {
  const cases = Map.groupBy(expand(scenarios, profile), (each) => each.scenario.id);
  const byCase = Map.groupBy(events, (event) => event.case);
  const outcomes = earlier.outcomes.map((outcome) =>
    again(outcome, cases.get(outcome.scenario) ?? [], byCase.get(outcome.id) ?? [], expectations),
  );
  return { ...earlier, profile, outcomes, totals: totals(outcomes, strict) };
}

/** Judges one case again from its stored events; what was skipped has no ledger, and stays what it was. */
function again(
  outcome: CaseOutcome,
  cases: readonly Case[],
  events: readonly LedgerEvent[],
  expectations: Expectations | undefined,
): CaseOutcome {
  if (outcome.outcome === 'skip') return outcome;
  const found = cases.find((each) => isCaseOf(each, outcome));
  if (!found) {
    throw new UsageError(
      `The run has a case ${outcome.id}, which these scenarios do not have. Use the version that made the run, or give --scenarios.`,
    );
  }
  const judged = judgeCase(found, new Evidence(events));
  const { expectation: _, ...rest } = outcome;
  const expectation = expectations ? expectations.for(found) : outcome.expectation;
  return {
    ...rest,
    level: found.level,
    citation: found.citation,
    requirement: found.requirement,
    outcome: judged.outcome,
    reason: judged.reason,
    findings: judged.findings,
    evidence: judged.evidence,
    expected: expectation?.outcome ?? 'pass',
    ...(expectation ? { expectation } : {}),
  };
}

/** Whether an outcome is one of this case, or of a repetition of it. */
const isCaseOf = (each: Case, { id, axes }: CaseOutcome): boolean =>
  (id === each.id || withoutRepetition(id) === each.id) &&
  Object.entries(each.axes).every(([name, value]) => axes[name] === value);
