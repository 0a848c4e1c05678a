import { scenario, siteNeeds, siteWorld, walkPage } from '../../harness/kit/index.ts';
import { judgeWalk } from './_walked.ts';

export default scenario({
  id: 'host/page-walkthrough',
  asks: 'Does the page, followed step by step on one machine, lead from nothing works to a job that builds and pushes?',
  explains:
    "A machine that boots systemd has Docker, cntlm and the runner as services, and no way out but two NTLM proxies. The page's steps are done in its order: cntlm on docker0's address, the drop-in of docker.service, that of gitlab-runner.service, `environment` and hook in config.toml, NO_PROXY and config.json for dind. Before the first and after each it is tried out whether GitLab can be asked through cntlm, whether Docker pulls an image, whether the runner asks for jobs, whether a job gets its sources, and whether one builds and pushes an image by a dind service: each must have become possible by its step, and not before. `systemctl show --property=Environment` must print the page's line for both services. In the end GitLab limits a request for a job, which must come again at the stated time.",
  ...siteNeeds,
  work: 45_000,
  world: siteWorld,
  act: walkPage,
  judge: (evidence) => judgeWalk(evidence),
  mutants: ['never-uses-proxy', 'docker-omits-helper', 'docker-omits-services'],
  control: {
    without: 'the account at the parents, which lets nobody in',
    act: async (stage) => {
      await Promise.all([stage.world.proxy, stage.world.standby].map((each) => each.setCredentials(undefined)));
      await walkPage(stage);
    },
  },
});
