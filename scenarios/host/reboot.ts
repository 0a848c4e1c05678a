import {
  check,
  diagnoseHost,
  type Evidence,
  prepareHost,
  type Stage,
  scenario,
  siteNeeds,
  siteWorld,
  tryHost,
} from '../../harness/kit/index.ts';

/** Has cntlm wait for docker0, which the page does not mention: without it cntlm ends at boot, and nothing says so. */
const AFTER_DOCKER = {
  path: '/etc/systemd/system/cntlm.service.d/after-docker.conf',
  content: '[Unit]\nAfter=docker.service\nWants=docker.service\n',
};
const REBOOTED = 'rebooted';

export default scenario({
  id: 'host/reboot',
  asks: 'Does everything still work after a restart of the host?',
  explains: `On the machine of host/page-walkthrough the whole page is followed, and cntlm.service is told to start after docker.service (${AFTER_DOCKER.path}), because cntlm, which listens on docker0's address, ends when there is no docker0 yet; the page does not say so. The machine goes down and up again. Then GitLab must be reached through cntlm, Docker must pull an image, the runner must ask for jobs, and a job must get its sources, build an image in a dind service and push it. In the control cntlm is not told.`,
  ...siteNeeds,
  work: 20_000,
  world: siteWorld,
  allows: () => ({ direct: [{ what: /^/, why: 'the page is being followed, step by step', until: REBOOTED }] }),
  act: (stage) => reboot(stage, true),
  judge: (evidence) => stillWorks(evidence),
  mutants: [],
  control: { without: 'the order in which cntlm and Docker start', act: (stage) => reboot(stage, false) },
});

async function reboot(stage: Stage, ordered: boolean): Promise<void> {
  const { host, bridge } = await prepareHost(stage, {});
  await using _ = host;
  if (ordered) {
    await host.write(AFTER_DOCKER.path, AFTER_DOCKER.content);
    await host.run(['systemctl', 'daemon-reload']);
  }
  await host.reboot();
  stage.world.mark(REBOOTED, 'the machine is up again');
  await tryHost(stage, host, bridge, 'push');
}

function stillWorks(evidence: Evidence) {
  const failure = diagnoseHost(evidence);
  const rebooted = evidence.mark(REBOOTED);
  const after = rebooted?.seq ?? Number.POSITIVE_INFINITY;
  const around = evidence.tripwire().filter(({ seq }) => seq > after);
  const seen = failure ? failure.says.replace(/\.$/, '') : 'a job gets its sources, builds an image and pushes it';
  return [
    check(!failure, 'after a restart of the machine everything works as before', seen, rebooted),
    check(
      around.length === 0,
      'after a restart nothing goes around the proxy',
      around[0] ? `${around[0].to} was asked directly` : 'nothing did',
      ...around.slice(0, 3),
    ),
  ];
}
