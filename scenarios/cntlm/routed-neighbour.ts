import { blocked, CNTLM_ACCOUNT, dockerNeeds, measured, scenario } from '../../harness/kit/index.ts';
import { isAnswered, knocked } from './_knock.ts';
import { withNeighbour } from './_neighbour.ts';

export default scenario({
  id: 'cntlm/routed-neighbour',
  asks: "Without a firewall, does cntlm answer another machine that routes packets for docker0's address by way of this one?",
  explains:
    "As cntlm/listens-on-docker0, without the firewall rule. The page says that the outside world cannot reach cntlm when it binds to docker0's address. A machine of the same network that has a route to docker0's address by way of this one tries it.",
  needs: () => dockerNeeds(),
  abilities: () => [],
  work: 4_000,
  world: () => ({ docker: {}, proxy: { kind: 'keep-alive', auth: CNTLM_ACCOUNT }, gitlab: {} }),
  act: (stage) => withNeighbour(stage, { firewall: false }),
  judge: (evidence) => {
    const knock = knocked(evidence, 'routed');
    const asked = "what becomes of another machine that sends packets for docker0's address by way of this one";
    if (!knock) return [blocked(asked, 'it did not knock')];
    return [
      measured(
        asked,
        isAnswered(knock)
          ? "it is answered: Linux takes a packet for any of its addresses on every interface, so that Listen keeps out only whoever has no route to docker0's network; a firewall, or cntlm's Allow and Deny, keeps out the rest"
          : `it is not answered (${knock.what})`,
        knock,
      ),
    ];
  },
  mutants: [],
});
