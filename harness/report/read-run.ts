import type { CaseOutcome, Results } from '../conformance/outcome.ts';
import { outcomeNames } from '../conformance/outcome.ts';
import type { LedgerEvent } from '../ledger/index.ts';
import { ReportError } from './error.ts';
import { readLedger } from './ledger-file.ts';
import { readResults } from './results/index.ts';

/** A run as it is stored. */
export interface StoredRun {
  readonly dir: string;
  readonly results: Results;
  readonly events: readonly LedgerEvent[];
}

/**
 * Reads what a run found and what it recorded.
 * @param dir the run's directory
 * @throws ReportError when a file cannot be read, is not what a run writes, or the two do not belong together
 */
export async function readRun(dir: string): Promise<StoredRun> {
  const results = await readResults(dir);
  const events = await readLedger(dir);
  const refuse = (problem: string): never => {
    throw new ReportError(`${problem}. The files were changed or cut, or are of different runs; run again.`, {
      reason: 'usage',
    });
  };
  const outcomes = new Map<string, CaseOutcome>();
  for (const each of results.outcomes) {
    if (outcomes.has(each.id)) refuse(`Case ${each.id} is in the results.json of ${dir} twice`);
    if (each.scenario !== each.id.replace(/\[.*$/s, ''))
      refuse(`Case ${each.id} in ${dir} is said to be of the scenario ${each.scenario}`);
    outcomes.set(each.id, each);
  }
  // A run that was ended has events of cases that it did not finish.
  const unfinished = new Set(results.notRun?.cases);
  for (const id of unfinished) {
    if (outcomes.has(id)) refuse(`Case ${id} in ${dir} has an outcome and is said not to have run`);
  }
  for (const event of events) {
    if (!outcomes.has(event.case) && !unfinished.has(event.case))
      refuse(`Event ${event.seq} in ${dir} is of a case that its results.json does not have: ${event.case}`);
  }
  const cases = new Map(events.map((event) => [event.seq, event.case]));
  for (const each of results.outcomes) {
    for (const seq of pointedTo(each)) {
      const owner = cases.get(seq);
      if (owner === undefined) refuse(`${each.id} in ${dir} points to event ${seq}, which its ledger does not have`);
      if (owner !== each.id) refuse(`${each.id} in ${dir} points to event ${seq}, which is one of ${owner}`);
    }
  }
  const wrong = outcomeNames.find(
    (name) => results.totals[name] !== results.outcomes.filter(({ outcome }) => outcome === name).length,
  );
  if (wrong || results.totals.cases !== outcomes.size)
    refuse(`The totals in the results.json of ${dir} are not those of its cases`);
  return { dir, results, events };
}

const pointedTo = (each: CaseOutcome): Set<number> =>
  new Set([...each.evidence, ...each.findings.flatMap(({ evidence }) => evidence)]);
