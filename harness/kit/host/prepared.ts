import type { Stage } from '../../conformance/authoring.ts';
import type { SystemdHost } from '../../containers/host/index.ts';
import { PAGE_STEPS, type PageStep } from '../../diagnosis/host/page.ts';
import { hostConfigFile } from './files.ts';
import { waitForReload } from './jobs.ts';
import { bootSite } from './site.ts';
import { doStep, isRestartOf, STEP_PLANS, type StepPlan, stepBegins } from './steps.ts';
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
    const plans = QUICKEST.filter((each) => steps.includes(each)).map((step) =>
      change(STEP_PLANS[step](stage, bridge), bridge),
    );
    for (const plan of plans) await doStep(stage, host, plan);
    await configurationIsTakenUp(stage, plans);
    return { host, bridge };
  } catch (error) {
    await host[Symbol.asyncDispose]();
    throw error;
  }
}

/** A runner that no step restarts looks at its configuration now and then; until it has, it is the one of before. */
async function configurationIsTakenUp(stage: Stage, plans: readonly StepPlan[]): Promise<void> {
  const last = plans.findLast(({ step }) => step === 'containers' || step === 'dind');
  const restarted = plans.some(({ commands }) => commands.some((each) => isRestartOf(each, 'gitlab-runner')));
  if (last && !restarted) await waitForReload(stage, stepBegins(last.step));
}
