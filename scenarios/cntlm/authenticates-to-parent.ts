import {
  behindCntlm,
  CNTLM_ACCOUNT,
  check,
  configFor,
  counted,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  type Exchange,
  endsAs,
  everyRequestIsLoggedIn,
  type Finding,
  hiddenBridge,
  isAfter,
  jobEnd,
  jobsEnd,
  jobTaken,
  nothingDirect,
  nothingInClear,
  type PeerMutant,
  PUBLIC_PATH,
  pageCntlmConf,
  parentLogins,
  parentRefuses,
  passedParent,
  probeParent,
  proxyVariables,
  type Stage,
  scenario,
  startCntlm,
  startLocalSquid,
  throughProxy,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';

const PROJECT = 'group/project';
/** From here the engine pulls the job's image. */
const TOOL = 'tools/job';
const PUSHED = 'group/pushed';

/** Where a cntlm that knows the password almost listens. */
const WRONG_PORT = 3129;
const PROBE = { from: 'probe', to: 'probed' } as const;
const PROBE_LIMIT_MS = 20_000;
/** How long a runner that cannot reach its proxy is watched, in milliseconds. */
const GIVE_UP_MS = 8_000;

const world: WorldSpec = {
  docker: {
    environment: () => proxyVariables({ url: 'http://172.17.0.1:3128/' }),
    // The world's own addresses, so that the daemon takes the certificate of a private CA.
    insecureRegistries: ['192.0.2.0/24'],
  },
  // A plain one would be asked with `Connection: close`, which cntlm hands on and no NTLM log-in survives.
  registry: { tls: true, auth: 'none', holds: [{ repository: TOOL, image: 'small' }] },
  proxy: { kind: 'keep-alive', auth: CNTLM_ACCOUNT },
  gitlab: { repositories: [{ path: PROJECT, files: { Dockerfile: 'FROM scratch\nCOPY Dockerfile /\n' } }] },
};

export default scenario({
  id: 'cntlm/authenticates-to-parent',
  asks: 'Does cntlm log in to an NTLM proxy for every client, so that none needs credentials?',
  explains:
    'The only way out is a proxy that verifies NTLMv2. The real cntlm, configured as on the page, listens on docker0. The runner, the Docker daemon (by the variables of its service), the hook for git, the containers of a job and the dind service beside it all use http://172.17.0.1:3128, without credentials. The daemon pulls the image of a job from a registry; the job clones, builds an image in dind and pushes it. Every request must arrive from the proxy, on a connection that was logged in. No request may offer the proxy anything but NTLM. Before that, what shows that the proxy verifies: a second cntlm whose password lacks the last letter must be refused; and so must a client that replays a log-in, on its own connection or another, answers without a challenge, names another domain or none, is another user, repeats the name of another proxy, has a wrong MIC, is anonymous, or offers NTLMv1, LM, Basic or nothing, while by NTLMv2 it is let in.',
  needs: () => dockerNeeds('git'),
  abilities: () => ['poll', 'docker', 'environment', 'git', 'get-sources-hook'],
  work: 10_000,
  world: () => world,
  act: withCntlm,
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, ...atTheParent(evidence), nothingDirect(evidence)];
    return [
      succeeds(evidence),
      ...throughProxy(evidence, ['job'], 'job requests').slice(0, 2),
      ...throughProxy(evidence, ['git'], 'git requests').slice(0, 2),
      reachesRegistry(evidence, TOOL, 'the Docker daemon pulls'),
      reachesRegistry(evidence, PUSHED, 'dind pushes'),
      everyRequestIsLoggedIn(evidence),
      ...atTheParent(evidence),
      nothingDirect(evidence),
    ];
  },
  mutants: ['never-uses-proxy', 'git-goes-direct', 'docker-omits-services', 'docker-asks-registry-directly'],
  peerMutants: [
    {
      name: 'parent-trusts-anybody',
      says: 'The parent proxy accepts any NTLM message.',
      act: async (stage) => {
        using _ = stage.world.proxy.inject({ fault: 'trusts-anybody' });
        await withCntlm(stage);
      },
    },
    kindParent(
      'parent-takes-replays',
      'an answer that another connection gave before',
      'replayed',
      /another connection/,
    ),
    kindParent('parent-takes-unasked', 'an answer to no challenge', 'nothing was asked', /an answer to no challenge/),
    kindParent('parent-takes-other-domain', 'a user of another domain', 'there is no domain', /in another domain/),
    kindParent('parent-takes-answers-twice', 'an answer twice', 'or is used twice', /before on the same connection/),
    kindParent('parent-takes-no-domain', 'a user of no domain', 'it names no domain', /in no domain/),
    kindParent('parent-takes-other-user', 'whoever knows the password', 'there is no user', /another user who knows/),
    kindParent('parent-takes-answers-for-others', 'what is meant for others', 'another proxy', /for another proxy/),
    kindParent('parent-takes-wrong-mic', 'a message with a wrong MIC', 'its MIC is wrong', /changed on its way/),
    kindParent('parent-takes-lm', 'LM alone', 'an LM response alone', /an LM response alone/),
    kindParent('parent-takes-anonymous', 'an anonymous log-in', 'anonymous', /an anonymous log-in/),
    kindParent('parent-takes-ntlmv1', 'NTLMv1', 'NTLMv1', /refuses NTLMv1/),
    kindParent('parent-takes-basic', 'the password in clear', 'of the scheme Basic', /password in clear \(Basic\)/),
    {
      name: 'password-in-clear',
      says: 'What stands for cntlm sends the password by Basic, and the parent takes it.',
      finding: /told no password in clear.*Observed: \d+ requests? offered Basic/,
      world: () => ({ ...world, proxy: { kind: 'keep-alive', auth: { ...CNTLM_ACCOUNT, scheme: 'basic' } } }),
      act: async (stage) => {
        await using _ = await startLocalSquid(stage);
        await whilePolling(stage, configFor(stage, behindCntlm(stage)), async () => {
          await stage.world.waitFor('a poll', (seen) => seen.gitlab('job').length > 0, GIVE_UP_MS);
        });
      },
    },
  ],
  control: { without: 'cntlm', act: (stage) => buildsAndPushes(stage, GIVE_UP_MS) },
});

/** That the job succeeds; where the page's own recipe cannot work, it says so. */
function succeeds(evidence: Evidence): Finding {
  const finding = endsAs(evidence, 'success');
  const why = finding.verdict === 'holds' ? undefined : hiddenBridge(evidence);
  return why === undefined ? finding : { ...finding, observed: `${finding.observed}. ${why}` };
}

/** A parent that takes what it would refuse for a reason. @param though what stands in the reason */
function kindParent(name: string, what: string, though: string, finding: RegExp): PeerMutant {
  return {
    name,
    says: `The parent proxy accepts ${what}.`,
    finding: new RegExp(`${finding.source}.*Observed: it answered [1-5]\\d\\d, so it does not verify`),
    act: async (stage) => {
      using _ = stage.world.proxy.inject({ fault: 'trusts-anybody', though });
      await probeParent(stage);
    },
  };
}

const atTheParent = (evidence: Evidence): Finding[] => [
  probeIsRefused(evidence),
  ...parentRefuses(evidence),
  nothingInClear(evidence),
];

async function withCntlm(stage: Stage): Promise<void> {
  await probeParent(stage);
  await using _ = await startCntlm(stage);
  await tryWrongPassword(stage);
  await buildsAndPushes(stage);
}

/** Whether the parent verifies anything is asked of the parent itself, by a cntlm that is almost right. */
async function tryWrongPassword(stage: Stage): Promise<void> {
  const { world } = stage;
  const { password } = pageCntlmConf(stage);
  await using almost = await startCntlm(stage, {
    name: 'cntlm-with-wrong-password',
    password: password.slice(0, -1),
    listen: `${world.docker.bridgeAddress}:${WRONG_PORT}`,
  });
  world.mark(PROBE.from, 'a client asks by a cntlm whose password lacks its last letter');
  const proxy = `http://${world.docker.bridgeAddress}:${WRONG_PORT}`;
  const ask = ['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', '10', '--proxy', proxy];
  const { stdout } = await almost.exec([...ask, `${world.gitlabUrl}${PUBLIC_PATH}`], { limitMs: PROBE_LIMIT_MS });
  world.mark(PROBE.to, `it got ${stdout}`);
}

async function buildsAndPushes(stage: Stage, limitMs?: number): Promise<void> {
  const { world } = stage;
  const { docker, registry, gitlab } = world;
  gitlab.queue({
    repository: PROJECT,
    image: `${registry.address}/${TOOL}:latest`,
    services: [{ name: docker.image('dind'), alias: 'docker', command: [`--insecure-registry=${registry.address}`] }],
    variables: {
      DOCKER_HOST: 'tcp://docker:2375',
      DOCKER_TLS_CERTDIR: '',
      IMAGE: `${registry.address}/${PUSHED}:latest`,
    },
    script: ['docker build --tag "$IMAGE" .', 'docker push "$IMAGE"'],
  });
  const config = configFor(stage, { ...behindCntlm(stage), docker: dockerConfig(stage, { privileged: true }) });
  await whilePolling(stage, config, () => jobsEnd(stage, 1, limitMs));
}

/** @param what who is to reach it and how, as a sentence's beginning */
function reachesRegistry(evidence: Evidence, repository: string, what: string): Finding {
  const asked = evidence.requests('registry').filter(({ target }) => target.startsWith(`/v2/${repository}/`));
  const direct = asked.filter(({ via }) => via !== 'proxy');
  const good = asked.filter(({ via, status = 0 }) => via === 'proxy' && status < 300);
  const seen =
    asked.length === 0
      ? 'the registry was not asked for it'
      : direct.length > 0
        ? `${counted(direct.length, 'requests')} of ${asked.length} came from elsewhere`
        : `${counted(asked.length, 'requests')} came to the registry from the proxy, and ${good.length} were answered well`;
  const holds = direct.length === 0 && good.length > 0;
  return check(
    holds,
    `${what} ${repository} by cntlm`,
    seen,
    ...(direct.length > 0 ? direct : asked).slice(0, 3),
    jobEnd(evidence),
  );
}

function probeIsRefused(evidence: Evidence): Finding {
  const [from, to] = [evidence.mark(PROBE.from), evidence.mark(PROBE.to)];
  const during = (each: Exchange): boolean => isAfter(each, from) && !isAfter(each, to);
  const admitted = passedParent(evidence).filter(during);
  const refused = parentLogins(evidence).filter(
    ({ step, seq }) => step === 'refused' && seq > (from?.seq ?? Infinity) && seq < (to?.seq ?? 0),
  );
  const expected = 'the parent refuses a cntlm whose password lacks its last letter';
  const seen = !from
    ? 'it was not tried'
    : admitted.length > 0
      ? 'the parent let it in: it does not verify what it is told, so nothing here shows that the log-in is right'
      : refused.length > 0
        ? `it answered 407: ${refused[0]?.reason}`
        : 'no log-in of it came to the parent';
  return check(admitted.length === 0 && refused.length > 0, expected, seen, ...admitted, ...refused);
}
