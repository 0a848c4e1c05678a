import { worldMisfit } from '../world/spec-schema.ts';
import type { Case } from './cases.ts';
import { UsageError } from './errors.ts';
import { fileOf, placeIn } from './source.ts';

/**
 * Looks through the worlds that cases declare, before anything is started: a key that there is not would be ignored, and
 * its case would pass without it.
 * @throws UsageError that names file and line
 */
export async function checkWorlds(cases: readonly Case[]): Promise<void> {
  for (const each of cases) {
    const found = worldMisfit(declared(each));
    if (!found) continue;
    const file = fileOf(each.scenario);
    const where = file === undefined ? '' : ` It is declared in ${await placeIn(file, found.path)}.`;
    throw new UsageError(`${each.id} cannot run: ${found.says}.${where}`);
  }
}

/** A declaration that throws is that case's error alone, and is told when the case runs. */
function declared(each: Case): unknown {
  try {
    return each.scenario.world(each);
  } catch {
    return {};
  }
}
