import type { Outcome } from '../../../conformance/outcome.ts';
import type { HistoryRun } from '../store/history-run.ts';

const counted = new WeakMap<HistoryRun, ReadonlyMap<Outcome, number>>();

/** How many cases of a run came to each outcome. */
export function outcomeCounts(run: HistoryRun): ReadonlyMap<Outcome, number> {
  const counts = counted.get(run) ?? count(run);
  counted.set(run, counts);
  return counts;
}

function count(run: HistoryRun): ReadonlyMap<Outcome, number> {
  const counts = new Map<Outcome, number>();
  for (const { cases } of Object.values(run.scenarios)) {
    for (const each of Object.values(cases)) {
      const outcome = each === 'pass' ? each : each.outcome;
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
  }
  return counts;
}
