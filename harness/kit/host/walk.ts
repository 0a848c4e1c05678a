import type { Stage } from '../../conformance/authoring.ts';
import type { SystemdHost } from '../../containers/host/index.ts';
import { PAGE_STEPS } from '../../diagnosis/host/page.ts';
import { isMissing } from './abilities.ts';
import { examineHost } from './examine.ts';
import { hostConfigFile } from './files.ts';
import { hostCloneJob, hostHookJob, hostPushJob, runHostJob, waitForPoll, waitForReload } from './jobs.ts';
import { LIMITED_MARK, momentMark, WALK_MOMENTS, type WalkMoment } from './moments.ts';
import { probeHost, probeResult } from './probes.ts';
import { bootSite } from './site.ts';
import { doStep, STEP_PLANS, type StepPlan, stepBegins, stepDone } from './steps.ts';

/** Seconds that the rate limit at the end of the page lasts. */
const LIMIT_SECONDS = 3;
const LIMIT_OVER_MS = 15_000;

/**
 * Walks through the page on a machine that has never heard of a proxy, and tries out after each step what has become
 * possible and what has not; until a step does not do what it should, since the others rest on it. In the end the machine is
 * examined.
 * @param change what is done in place of a step's plan
 */
export async function walkPage(stage: Stage, change: (plan: StepPlan) => StepPlan = (plan) => plan): Promise<void> {
  await using host = await bootSite(stage, hostConfigFile(stage).content);
  const bridge = await bridgeOf(host);
  await tryOut(stage, host, 'start', bridge);
  for (const step of PAGE_STEPS) {
    await doStep(stage, host, change(STEP_PLANS[step](stage, bridge)));
    if (step === 'containers' || step === 'dind') await waitForReload(stage, stepBegins(step));
    await tryOut(stage, host, step, bridge);
    if (isMissing(stage.world.evidence, step)) return;
  }
  await meetLimit(stage);
  await examineHost(stage, host);
}

/** The page's `docker0_interface_ip`. @throws Error when the machine has no docker0 */
export async function bridgeOf(host: SystemdHost): Promise<string> {
  const bridge = await host.bridgeAddress();
  if (bridge === undefined)
    throw new Error('The machine has no docker0, so its Docker did not start; see its journal.');
  return bridge;
}

async function tryOut(stage: Stage, host: SystemdHost, moment: WalkMoment, bridge: string): Promise<void> {
  const { world } = stage;
  world.mark(
    momentMark(moment),
    moment === 'start' ? 'nothing is done yet' : `what is possible after ${stepDone(moment)}`,
  );
  await probeHost(stage, host, 'gateway', moment, bridge);
  const pulled = WALK_MOMENTS.some((each) => probeResult(world.evidence, 'pull', each)?.works);
  if (!pulled) await probeHost(stage, host, 'pull', moment, bridge);
  await waitForPoll(stage, momentMark(moment), WALK_MOMENTS.indexOf(moment) >= WALK_MOMENTS.indexOf('runner'));
  if (isMissing(world.evidence, moment, 'poll')) return;
  if (moment === 'runner') await runHostJob(stage, hostCloneJob());
  if (moment !== 'containers' && moment !== 'dind') return;
  await probeHost(stage, host, 'create', moment, bridge);
  await runHostJob(stage, hostPushJob(world));
  if (moment === 'containers') await runHostJob(stage, hostHookJob());
}

/** Has GitLab limit a request for a job, and waits for the runner to come again. */
async function meetLimit({ world }: Stage): Promise<void> {
  world.mark(LIMITED_MARK, `GitLab answers the next request for a job with 429, for ${LIMIT_SECONDS} s`);
  world.gitlab.follow([{ on: 'job', times: 1, give: { status: 429, resetTime: { inSeconds: LIMIT_SECONDS } } }]);
  const again = (seen: typeof world.evidence): boolean => {
    const tries = seen.gitlab('job');
    const limited = tries.findIndex(({ planned }) => planned);
    return limited >= 0 && tries.length > limited + 1;
  };
  await world.waitFor('the limited request again', again, LIMIT_OVER_MS);
}
