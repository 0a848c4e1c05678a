import type { Stage } from '../../harness/conformance/authoring.ts';
import type { SystemdHost } from '../../harness/containers/host/index.ts';
import { configFile } from './_files.ts';
import { STEPS, type Step } from './_page.ts';
import { bootSite } from './_site.ts';
import { doStep, PLANS, type StepPlan } from './_steps.ts';
import { bridgeOf } from './_walk.ts';

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
