import { type Case, type Expectations, partlyExpected, type Results } from '../conformance/index.ts';

/**
 * Results with what is wrong with the entries of an expectations file: those that match nothing, and those that fit in part.
 * @param cases all that there are under the profile
 * @param expectations of the file; without them the entries that match nothing stay as they are
 */
export function withLeftovers(results: Results, cases: readonly Case[], expectations?: Expectations): Results {
  const { unusedExpectations: before = [], partlyExpected: _, ...rest } = results;
  const unused = expectations === undefined ? before : expectations.unused(cases);
  const partly = partlyExpected(results.outcomes, cases);
  return {
    ...rest,
    ...(unused.length > 0 ? { unusedExpectations: unused } : {}),
    ...(partly.length > 0 ? { partlyExpected: partly } : {}),
  };
}
