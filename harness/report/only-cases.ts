import { totals } from '../conformance/totals.ts';
import type { StoredRun } from './read-run.ts';

/** A run as if it had had these cases alone. @param wanted their ids */
export function onlyCases({ dir, results, events }: StoredRun, wanted: ReadonlySet<string>): StoredRun {
  const { notRun, unusedExpectations: _, ...rest } = results;
  const outcomes = results.outcomes.filter(({ id }) => wanted.has(id));
  const left = notRun?.cases.filter((id) => wanted.has(id)) ?? [];
  return {
    dir,
    results: {
      ...rest,
      outcomes,
      totals: totals(outcomes, false),
      ...(notRun && left.length > 0 ? { notRun: { ...notRun, cases: left } } : {}),
    },
    events: events.filter((event) => wanted.has(event.case)),
  };
}
