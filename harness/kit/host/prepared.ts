import type { Stage } from '../../conformance/authoring.ts';
import type { SystemdHost } from '../../containers/host/index.ts';
import { STEPS, type Step } from '../../diagnosis/host/page.ts';
import { configFile } from './files.ts';
import { bootSite } from './site.ts';
import { doStep, PLANS, type StepPlan } from './steps.ts';
import { bridgeOf } from './walk.ts';

/** A machine on which the page was followed. */
export interface Prepared {
  readonly host: SystemdHost;
  readonly bridge: string;
}

/** How the page is followed. */
export interface Following {
  /** The steps that are done; all by default. */
  readonly steps?: readonly Step[];
  /** What is done in place of a step's plan. */
  readonly change?: (plan: StepPlan, bridge: string) => StepPlan;
}

/** Config.toml comes before the runner is restarted, so that nobody waits until it is looked at again. */
const QUICKEST: readonly Step[] = ['cntlm', 'docker', 'containers', 'dind', 'runner'];

/** Boots a machine and follows the page without trying anything out in between. */
export async function prepare(stage: Stage, { steps = STEPS, change = (plan) => plan }: Following): Promise<Prepared> {
  const host = await bootSite(stage, configFile(stage).content);
  try {
    const bridge = await bridgeOf(host);
    for (const step of QUICKEST.filter((each) => steps.includes(each))) {
      await doStep(stage, host, change(PLANS[step](stage, bridge), bridge));
    }
    return { host, bridge };
  } catch (error) {
    await host[Symbol.asyncDispose]();
    throw error;
  }
}
