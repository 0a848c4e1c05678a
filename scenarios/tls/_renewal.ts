import { gateAt, jobsEnd, type RunnerConfig, type Stage, whilePolling } from '../../harness/kit/index.ts';

/**
 * Has a job run whose runner trusts the interceptor, while the job's own connections meet another CA: the interceptor gets one
 * when the job comes to a gate.
 * @param configured makes the runner's configuration, and queues the job, by the line of the gate
 */
export async function renewAtGate(stage: Stage, configured: (gate: string) => Promise<RunnerConfig>): Promise<void> {
  const { world } = stage;
  const gate = gateAt(world, 'the-other-ca');
  const config = await configured(gate.line);
  await whilePolling(stage, config, async () => {
    if (!(await gate.reached())) return;
    await world.proxy.interceptor?.renew();
    world.mark('another-ca', 'the proxy signs with another CA for new connections');
    await gate.open();
    await jobsEnd(stage);
  });
}
