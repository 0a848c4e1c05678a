import {
  behindCntlm,
  CNTLM_ACCOUNT,
  type CntlmConf,
  check,
  cntlmAddress,
  cntlmUrl,
  configFor,
  dockerNeeds,
  type Evidence,
  endsAs,
  type Finding,
  jobsEnd,
  jobTaken,
  measured,
  nothingDirect,
  PUBLIC_PATH,
  type RunningContainer,
  type Stage,
  scenario,
  startCntlm,
  throughProxy,
  traceLines,
  whilePolling,
} from '../../harness/kit/index.ts';
import { isAnswered, knock, knocked } from './_knock.ts';

/** A network besides Docker's own, with the machine's address in it (RFC 5737): what is outside. */
const OFFICE = { name: 'office', subnet: '198.51.100.0/24', address: '198.51.100.1' } as const;
const PORT = 3128;

const LISTENERS = 'listeners';
/** What the job prints before the status that it got by cntlm. */
const GOT = 'by cntlm: ';

const OTHERS = [
  { as: 'loopback', who: 'a program of the machine itself, at 127.0.0.1' },
  { as: 'office', who: "another machine, at this machine's address in its network" },
] as const;

export default scenario({
  id: 'cntlm/listens-on-docker0',
  asks: "Does cntlm answer containers at docker0's address, and nobody else?",
  explains:
    "The real cntlm runs with the page's configuration, which has it listen on docker0's address. A runner polls through it, and a job in a container on the default bridge asks GitLab through it. The machine has a second network, such as an office has. A container there plays another machine and tries this machine's address in that network; a program on the machine itself tries 127.0.0.1. Both must find nobody listening, and the machine's own list of listeners must have the port once. What another machine gets that routes packets for docker0's address through this one is measured.",
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
    routed(evidence),
  ],
  mutants: ['never-uses-proxy'],
  peerMutants: [
    {
      name: 'cntlm-listens-everywhere',
      says: 'cntlm listens on every address of the machine.',
      act: (stage) => withCntlm(stage, { listen: String(PORT), gateway: true }),
    },
  ],
  control: {
    without: "docker0's address in Listen",
    act: (stage) => withCntlm(stage, { listen: String(PORT) }, GIVE_UP_MS),
  },
});

/** How long a runner that cannot reach its proxy is watched, in milliseconds. */
const GIVE_UP_MS = 8_000;

async function withCntlm(stage: Stage, differs: Partial<CntlmConf>, limitMs?: number): Promise<void> {
  const { world } = stage;
  const { docker } = world;
  await using cntlm = await startCntlm(stage, differs);
  await docker.docker.createNetwork({
    Name: OFFICE.name,
    IPAM: { Config: [{ Subnet: OFFICE.subnet, Gateway: OFFICE.address }] },
  });
  await using outsider = await docker.run({
    name: 'other-machine',
    image: 'helper',
    network: OFFICE.name,
    command: ['sleep', '600'],
  });
  await knockEverywhere(stage, cntlm, outsider);
  world.gitlab.queue({
    script: [
      `curl -sS -o /dev/null -w '${GOT}%{http_code}\\n' --proxy ${cntlmUrl(stage)} "$CI_SERVER_URL${PUBLIC_PATH}&of=job"`,
    ],
  });
  await whilePolling(stage, configFor(stage, behindCntlm(stage)), () => jobsEnd(stage, 1, limitMs));
}

async function knockEverywhere(stage: Stage, cntlm: RunningContainer, outsider: RunningContainer): Promise<void> {
  const { stdout } = await cntlm.exec(['ss', '-Hltn', `sport = :${PORT}`]);
  const addresses = stdout.split('\n').flatMap((line) => line.trim().split(/\s+/)[3] ?? []);
  stage.world.mark(LISTENERS, addresses.join(' ') || 'none');
  await knock(stage, cntlm, 'loopback', `127.0.0.1:${PORT}`);
  await knock(stage, outsider, 'office', `${OFFICE.address}:${PORT}`);
  await knock(stage, outsider, 'routed', cntlmAddress(stage));
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
    "cntlm listens on docker0's address alone",
    `it listens on ${listeners?.what ?? 'nothing that was seen'}${why}`,
    listeners,
  );
}

function findsNobody(evidence: Evidence, as: string, who: string): Finding {
  const knock = knocked(evidence, as);
  const seen = knock ? knock.what : 'nobody knocked';
  return check(knock !== undefined && !isAnswered(knock), `${who}, finds nobody listening`, seen, knock);
}

function routed(evidence: Evidence): Finding {
  const knock = knocked(evidence, 'routed');
  return measured(
    "what becomes of another machine that sends packets for docker0's address by way of this one",
    isAnswered(knock)
      ? "it is answered: Linux takes a packet for any of its addresses on every interface, so that Listen keeps out only whoever has no route to docker0's network; a firewall, or cntlm's Allow and Deny, keeps out the rest"
      : `it is not answered (${knock?.what ?? 'nobody knocked'})`,
    knock,
  );
}
