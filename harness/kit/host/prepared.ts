import type { Stage } from '../../conformance/authoring.ts';
import type { SystemdHost } from '../../containers/host/index.ts';
import { PAGE_STEPS, type PageStep } from '../../diagnosis/host/page.ts';
import { hostConfigFile } from './files.ts';
import { bootSite } from './site.ts';
import { doStep, STEP_PLANS, type StepPlan } from './steps.ts';
import { bridgeOf } from './walk.ts';

/** A machine on which the page was followed. */
export interface PreparedHost {
  readonly host: SystemdHost;
  readonly bridge: string;
}

/** How the page is followed. */
export interface PageChanges {
  /** The steps that are done; all by default. */
  readonly steps?: readonly PageStep[];
  /** What is done in place of a step's plan. */
  readonly change?: (plan: StepPlan, bridge: string) => StepPlan;
}

/** Config.toml comes before the runner is restarted, so that nobody waits until it is looked at again. */
const QUICKEST: readonly PageStep[] = ['cntlm', 'docker', 'containers', 'dind', 'runner'];

/** Boots a machine and follows the page without trying anything out in between. */
export async function prepareHost(
  stage: Stage,
  { steps = PAGE_STEPS, change = (plan) => plan }: PageChanges,
): Promise<PreparedHost> {
  const host = await bootSite(stage, hostConfigFile(stage).content);
  try {
    const bridge = await bridgeOf(host);
    for (const step of QUICKEST.filter((each) => steps.includes(each))) {
      await doStep(stage, host, change(STEP_PLANS[step](stage, bridge), bridge));
    }
    return { host, bridge };
  } catch (error) {
    await host[Symbol.asyncDispose]();
    throw error;
  }
}
