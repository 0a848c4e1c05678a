import type { CaseOutcome, Results } from '../conformance/outcome.ts';

/** Where a case is in the report that others can open; undefined where nobody said where that is. */
export function caseUrl(results: Results, each: CaseOutcome): string | undefined {
  const { reportUrl } = results.environment;
  const index = results.outcomes.indexOf(each);
  return reportUrl === undefined || index < 0 ? reportUrl : `${reportUrl}#case-${index + 1}`;
}
