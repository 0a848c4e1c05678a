import {
  askedFor,
  check,
  counted,
  daemonCallsAtProxy,
  dindAbilities,
  dindAxis,
  dindPort,
  dindWorld,
  dockerNeeds,
  type Evidence,
  endsAs,
  type Finding,
  jobEnd,
  jobEnvironment,
  jobTaken,
  LAYER_SIZES,
  nothingDirect,
  proxyAxis,
  proxyNeeds,
  pushAndPull,
  pushCause,
  registryWrites,
  runWithDind,
  scenario,
} from '../../harness/kit/index.ts';

const SCRIPT = pushAndPull(LAYER_SIZES['small'] ?? []);

export default scenario({
  id: 'docker/push-without-no-proxy',
  asks: 'Without NO_PROXY, do calls to the daemon go to the proxy, and does the report say so?',
  explains:
    "As docker/push-through-proxy, but config.toml's `environment` has no NO_PROXY. The docker CLI then asks the proxy for dind: the proxy must see a request for docker:2375 (with TLS a tunnel to docker:2376), the job must fail, nothing may be pushed, and the finding must name the cause. In the control NO_PROXY is as on the page, and the job works.",
  axes: { dind: dindAxis, proxy: proxyAxis },
  where: ({ dind, proxy }) => proxy === 'basic' || dind === 'plain',
  needs: ({ axes }) => proxyNeeds(axes, ...dockerNeeds()),
  abilities: () => dindAbilities,
  work: 5_000,
  world: dindWorld,
  act: (stage) => runWithDind(stage, { script: SCRIPT, environment: jobEnvironment(stage.world.proxy.url) }),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      goesToProxy(evidence, `docker:${dindPort(axes)}`),
      endsAs(evidence, 'failed'),
      isExplained(evidence),
      nothingPushed(evidence),
      nothingDirect(evidence),
    ];
  },
  mutants: ['docker-omits-build', 'never-uses-proxy', 'proxies-only-job-requests'],
  control: {
    without: 'the absence of NO_PROXY: it is as on the page',
    act: (stage) => runWithDind(stage, { script: SCRIPT }),
  },
});

function goesToProxy(evidence: Evidence, daemon: string): Finding {
  const calls = daemonCallsAtProxy(evidence).filter((each) => askedFor(each) === daemon);
  const [first] = calls;
  return check(
    first !== undefined,
    `the proxy is asked for ${daemon}`,
    first
      ? `the proxy was asked for it ${counted(calls.length, 'times')}, first with ${first.method}, and answered ${first.status ?? 'nothing'}`
      : `the proxy was never asked for it: the docker CLI has reached the daemon without NO_PROXY`,
    ...calls.slice(0, 3),
  );
}

function isExplained(evidence: Evidence): Finding {
  const cause = pushCause(evidence);
  const right = cause?.includes('NO_PROXY') ?? false;
  return check(right, 'the report names the cause', cause ?? 'no cause is found', jobEnd(evidence));
}

function nothingPushed(evidence: Evidence): Finding {
  const all = registryWrites(evidence);
  return check(
    all.length === 0,
    'nothing is pushed',
    all.length === 0
      ? 'the registry got nothing to store'
      : `the registry got ${counted(all.length, 'requests')} to store`,
    ...all.slice(0, 3),
  );
}
