import { type Case, profileNames } from '../../conformance/index.ts';
import { judgeAgain } from '../judge-again.ts';
import type { RunPlan } from '../plan.ts';
import { type RunKey, RunStore } from './run-store.ts';

/** What a run is made by, and kept under. */
export interface KeyedPlan {
  readonly plan: RunPlan;
  readonly key: RunKey;
  /** The command line that makes it, as a report repeats it. */
  readonly command: string;
}

/**
 * Judges anew what was recorded of the subject under other profiles, wherever its scenario does the same under this one, and keeps
 * that as a run of its own.
 * @param lacking the cases that have no outcome which holds
 * @param cacheDir where runs are kept
 */
export async function adoptRecorded(
  { plan, key, command }: KeyedPlan,
  lacking: readonly Case[],
  cacheDir: string,
): Promise<void> {
  const { all, profile, driver } = plan;
  if (driver.actsByProfile) return;
  const left = new Set(lacking.map(({ id }) => id));
  const scenarios = [...new Set(all.map(({ scenario }) => scenario))];
  for (const other of profileNames) {
    if (other === profile || left.size === 0) continue;
    const recorded = await new RunStore(cacheDir, { ...key, profile: other }).goingFor(profile, left);
    if (!recorded) continue;
    const { results, events } = recorded;
    const judged = judgeAgain(results, events, { scenarios, strict: false, profile });
    const environment = { ...results.environment, command };
    await new RunStore(cacheDir, key).keep({ results: { ...judged, environment }, events });
    for (const { id } of judged.outcomes) left.delete(id);
  }
}
