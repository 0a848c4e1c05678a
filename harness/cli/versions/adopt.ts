import { profileNames } from '../../conformance/index.ts';
import { judgeAgain } from '../judge-again.ts';
import type { RunPlan } from '../plan.ts';
import { type RunKey, RunStore } from './run-store.ts';

/**
 * Judges anew what was recorded of the subject under other profiles, wherever its scenario does the same under this one, and keeps
 * that as a run of its own.
 * @param plan of the run that lacks something
 * @param command the command line that would have made it
 */
export async function adoptRecorded(
  { all, selected, profile, driver }: RunPlan,
  { key, cacheDir, command }: { readonly key: RunKey; readonly cacheDir: string; readonly command: string },
): Promise<void> {
  if (driver.actsByProfile) return;
  const store = new RunStore(cacheDir, key);
  const ids = selected.map(({ id }) => id);
  const has = await store.has(ids);
  const left = new Set(ids.filter((id) => !has.has(id)));
  const scenarios = [...new Set(all.map(({ scenario }) => scenario))];
  for (const other of profileNames) {
    if (other === profile || left.size === 0) continue;
    const recorded = await new RunStore(cacheDir, { ...key, profile: other }).goingFor(profile, left);
    if (!recorded) continue;
    const { results, events } = recorded;
    const judged = judgeAgain(results, events, { scenarios, strict: false, profile });
    await store.keep({ results: { ...judged, environment: { ...results.environment, command } }, events });
    for (const { id } of judged.outcomes) left.delete(id);
  }
}
