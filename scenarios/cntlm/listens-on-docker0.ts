import {
  behindCntlm,
  CNTLM_ACCOUNT,
  check,
  cntlmUrl,
  configFor,
  dockerNeeds,
  type Evidence,
  endsAs,
  type Finding,
  jobsEnd,
  jobTaken,
  nothingDirect,
  PUBLIC_PATH,
  type Stage,
  scenario,
  throughProxy,
  traceLines,
  whilePolling,
} from '../../harness/kit/index.ts';
import { isAnswered, knocked } from './_knock.ts';
import { LISTENERS, type NeighbourOptions, PORT, withNeighbour } from './_neighbour.ts';

/** What the job prints before the status that it got by cntlm. */
const GOT = 'by cntlm: ';

const OTHERS = [
  { as: 'loopback', who: 'a program of the machine itself, at 127.0.0.1' },
  { as: 'office', who: "another machine, at this machine's address in its network" },
  { as: 'routed', who: "another machine, which routes packets for docker0's address by way of this one" },
] as const;

export default scenario({
  id: 'cntlm/listens-on-docker0',
  asks: "Does cntlm answer containers at docker0's address, and nobody else?",
  explains:
    "The real cntlm runs with the page's configuration, which has it listen on docker0's address. A runner polls through it, and a job in a container on the default bridge asks GitLab through it. The machine has a second network, such as an office has. A container there plays another machine and tries this machine's address in that network, and docker0's address, for which it routes packets by way of this machine; a program on the machine itself tries 127.0.0.1. All must find nobody, and the machine's own list of listeners may have grown by docker0's address and the page's port alone. Linux takes a packet for any of its addresses on every interface, so Listen alone does not keep out whoever routes: the machine has the firewall rule that the page leaves out, which refuses what comes from that network for docker0's address. What becomes of it without the rule is measured by cntlm/routed-neighbour.",
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker', 'environment'],
  work: 6_000,
  world: () => ({ docker: {}, proxy: { kind: 'keep-alive', auth: CNTLM_ACCOUNT }, gitlab: {} }),
  act: (stage) => withCntlm(stage, {}),
  judge: (evidence) => [
    jobTaken(evidence) ?? containerIsAnswered(evidence),
    listensOnce(evidence),
    ...OTHERS.map(({ as, who }) => findsNobody(evidence, as, who)),
    ...throughProxy(evidence, ['job'], 'job requests').slice(0, 2),
    nothingDirect(evidence),
  ],
  mutants: ['never-uses-proxy'],
  peerMutants: [
    {
      name: 'cntlm-listens-everywhere',
      says: 'cntlm listens on every address of the machine.',
      finding:
        /cntlm listens on docker0's address alone, on the page's port\. Observed: it listens on (0\.0\.0\.0|\*):3128.*at this machine's address in its network, finds nobody\. Observed: .* answered/,
      act: (stage) => withCntlm(stage, { conf: { listen: String(PORT), gateway: true } }),
    },
    {
      name: 'cntlm-listens-on-another-port',
      says: 'cntlm listens on another port than the page has.',
      finding: /cntlm listens on docker0's address alone, on the page's port\. Observed: it listens on [0-9.]+:3129/,
      act: (stage) =>
        withCntlm(stage, { conf: { listen: `${stage.world.docker.bridgeAddress}:${PORT + 1}` } }, GIVE_UP_MS),
    },
    {
      name: 'machine-lets-neighbours-route',
      says: "The machine has no firewall, so another machine reaches docker0's address by way of it.",
      finding: /routes packets for docker0's address by way of this one, finds nobody\. Observed: .* answered/,
      act: (stage) => withCntlm(stage, { firewall: false }),
    },
  ],
  control: {
    without: "docker0's address in Listen",
    act: (stage) => withCntlm(stage, { conf: { listen: String(PORT) } }, GIVE_UP_MS),
  },
});

/** How long a runner that cannot reach its proxy is watched, in milliseconds. */
const GIVE_UP_MS = 8_000;

/** @param differs from a machine with the page's cntlm and a firewall */
async function withCntlm(stage: Stage, differs: Partial<NeighbourOptions>, limitMs?: number): Promise<void> {
  await withNeighbour(stage, { firewall: true, ...differs }, () => {
    stage.world.gitlab.queue({
      script: [
        `curl -sS -o /dev/null -w '${GOT}%{http_code}\\n' --proxy ${cntlmUrl(stage)} "$CI_SERVER_URL${PUBLIC_PATH}&of=job"`,
      ],
    });
    return whilePolling(stage, configFor(stage, behindCntlm(stage)), () => jobsEnd(stage, 1, limitMs));
  });
}

function containerIsAnswered(evidence: Evidence): Finding {
  const ended = endsAs(evidence, 'success');
  const got = traceLines(evidence)
    .find((line) => line.startsWith(GOT))
    ?.slice(GOT.length);
  if (ended.verdict !== 'holds' || got === undefined) return ended;
  // It is GitLab's own answer that counts, not a proxy's.
  const atGitlab = evidence
    .gitlab()
    .find(({ target, status }) => target === `${PUBLIC_PATH}&of=job` && String(status) === got);
  return check(
    atGitlab !== undefined,
    "a container on the default bridge reaches GitLab by docker0's address",
    atGitlab ? `its request came to GitLab, whose answer it got (${got})` : `it got ${got}, which GitLab had not said`,
    atGitlab,
  );
}

function listensOnce(evidence: Evidence): Finding {
  const listeners = evidence.mark(LISTENERS);
  const bridge = knocked(evidence, 'routed')?.what.split(': ')[0];
  const holds = listeners !== undefined && listeners.what === bridge;
  const why = /^(0\.0\.0\.0|\*):/.test(listeners?.what ?? '')
    ? ': Gateway is on or Listen is 0.0.0.0, so whoever reaches this machine can use the account in cntlm.conf'
    : '';
  return check(
    holds,
    "cntlm listens on docker0's address alone, on the page's port",
    `it listens on ${listeners?.what ?? 'nothing that was seen'}${why}`,
    listeners,
  );
}

function findsNobody(evidence: Evidence, as: string, who: string): Finding {
  const knock = knocked(evidence, as);
  const seen = knock ? knock.what : 'nobody knocked';
  return check(knock !== undefined && !isAnswered(knock), `${who}, finds nobody`, seen, knock);
}
