import { fileURLToPath } from 'node:url';
import { type Case, expand, hasEngine, loadScenarios, type ProfileName } from '../../harness/conformance/index.ts';

const SCENARIOS = fileURLToPath(new URL('../../scenarios', import.meta.url));
const FAMILY = /^(polling|rate-limit|git)\//;

/** The cases of the families polling, rate-limit and git in which no containers run. */
export async function coreCases(profile: ProfileName): Promise<Case[]> {
  return expand(await loadScenarios([SCENARIOS]), profile).filter(
    (each) => FAMILY.test(each.scenario.id) && !hasEngine(each),
  );
}
