import { type Case, type Expectations, partlyExpected, type Results } from '../conformance/index.ts';
import { unstableCases } from '../report/index.ts';

/**
 * Results with what shows only in all outcomes together: entries of the expectations file that match nothing or fit in part, and cases
 * whose repetitions differ.
 * @param cases all that there are under the profile
 * @param expectations of the file; without them the entries that match nothing stay as they are
 * @param reportUrl where others can open the report
 */
export function completed(
  results: Results,
  {
    cases,
    expectations,
    reportUrl,
  }: { cases: readonly Case[]; expectations?: Expectations | undefined; reportUrl?: string | undefined },
): Results {
  const { unusedExpectations: before = [], partlyExpected: _, unstable: __, ...rest } = results;
  const { reportUrl: ___, ...environment } = rest.environment;
  const unused = expectations === undefined ? before : expectations.unused(cases);
  const partly = partlyExpected(results.outcomes, cases);
  const unstable = unstableCases(results.outcomes);
  return {
    ...rest,
    environment: reportUrl === undefined ? environment : { ...environment, reportUrl },
    ...(unused.length > 0 ? { unusedExpectations: unused } : {}),
    ...(partly.length > 0 ? { partlyExpected: partly } : {}),
    ...(unstable.length > 0 ? { unstable } : {}),
  };
}
