import {
  type AxisValues,
  check,
  configFor,
  counted,
  DIND_NO_PROXY,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  endsAs,
  type Finding,
  GET_SOURCES_HOOK,
  type JobContainerRole,
  jobContainers,
  jobEnd,
  jobEnvironment,
  jobsEnd,
  jobTaken,
  nothingDirect,
  type RunnerConfig,
  type Stage,
  scenario,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';
import {
  digestOf,
  isService,
  REACH_SERVICES,
  reached,
  SERVICES,
  SHOW_SERVICES,
  type Speaker,
  testified,
  testimony,
  UNSET,
  witness,
} from './_witness.ts';

const PROJECT = 'group/project';
const ROLES: readonly JobContainerRole[] = ['helper', 'service', 'build'];
/** As they come to speak, and what each is called. */
const SPEAKERS: Readonly<Record<Speaker, string>> = {
  helper: 'the helper container',
  service: "the container of config.toml's service",
  'job-service': "the container of the job's service",
  build: 'the build container',
  'after-script': 'the after_script, in the build container,',
};
const EVERYBODY = Object.keys(SPEAKERS) as Speaker[];

/** Only the runner's own process has this. */
const OWN = 'PROXYPROOF_RUNNER_ONLY';

/** Marks what each variable must be. */
const EXPECTED = 'expected-environment';

const hasDollar = (axes: AxisValues): boolean => axes['password'] === 'dollar';

const world = ({ axes }: { axes: AxisValues }): WorldSpec => ({
  docker: {},
  proxy: {
    kind: 'basic',
    ...(hasDollar(axes) ? { auth: { scheme: 'basic', user: 'runner', password: 'pa$HOME-w0rd$$2' } as const } : {}),
  },
  gitlab: {
    repositories: [{ path: PROJECT }],
  },
});

/** What a value may have in it that a runner has no reason to touch. */
const OTHERS: Readonly<Record<string, string>> = {
  PROXYPROOF_EQUALS: 'a=b==c=',
  PROXYPROOF_PERCENT: 'p%40ss%2Fword%',
  PROXYPROOF_PLUS: 'a+b',
  PROXYPROOF_SPACES: 'a b  c',
  PROXYPROOF_QUOTES: `it's "quoted"`,
  PROXYPROOF_SIGNS: '#&;|<>()*?!~^[]{}@:,\\n`x`',
};

/** The variables of the page's `environment`, and those of its section on dind. */
const NAMES = ['https_proxy', 'http_proxy', 'HTTPS_PROXY', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY'];

const ALL_NAMES = [...NAMES, ...Object.keys(OTHERS), OWN];

/** docker0's address, so that it can be told who is in its network. */
const BRIDGE = 'docker0';

export default scenario({
  id: 'containers/environment',
  asks: "Does config.toml's `environment` reach the build, the helper and the service containers?",
  explains:
    "config.toml has the page's `environment`: the proxy variables and NO_PROXY, in both cases. A job runs in Docker, with two services beside it: config.toml names one, the job the other. The helper container (in the get-sources hook), the service containers (by their command, which leaves a note in the builds volume) and the build container (in the job's script, and in its after_script) each print the digest of every variable they have; all must be those of config.toml; those for https say something else than those for http. So must those of some more whose values have `=`, `%40`, `+`, spaces, quotation marks and other signs in them. No container may have a variable that only the runner's own process has. docker inspect may not show the runner's token. And nothing may ask the proxy for a service: a runner checks by a connection of its own whether a service is up. With password=dollar the proxy's password has dollar signs, doubled in config.toml because runners expand `$NAME` there. With network=per-build the job has a network of its own (FF_NETWORK_PER_BUILD) instead of links on the default bridge: none of its containers may be in docker0's. In either network the job must reach both services by their aliases. A runner's containers are known by what the engine says was made, labels or not.",
  axes: {
    password: { values: ['dollar', 'plain'], default: 'plain' },
    network: { values: ['bridge', 'per-build'], default: 'bridge' },
  },
  where: ({ password, network }) => password === 'plain' || network === 'bridge',
  needs: () => dockerNeeds('git'),
  abilities: () => ['poll', 'docker', 'environment', 'git', 'get-sources-hook'],
  work: 5_000,
  world,
  act: (stage) => testify(stage, environmentOf(stage)),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      ...EVERYBODY.map((speaker) => hasEnvironment(evidence, speaker)),
      containersAreSeen(evidence),
      ...ROLES.flatMap((role) => isInspected(evidence, role)),
      ...(axes['network'] === 'per-build' ? [isApart(evidence)] : []),
      ownStays(evidence),
      tokenStays(evidence),
      serviceIsNotAskedFor(evidence),
      servicesAreReached(evidence),
      endsAs(evidence, 'success'),
      nothingDirect(evidence),
    ];
  },
  mutants: [
    'docker-omits-lower-case',
    'docker-omits-upper-case',
    'docker-omits-helper',
    'docker-omits-build',
    'docker-omits-after-script',
    'docker-omits-services',
    'docker-omits-job-services',
    'docker-expands-twice',
    'docker-cuts-values-at-equals',
    'docker-decodes-values',
    'docker-swaps-proxies',
    'docker-ignores-network-per-build',
    'docker-omits-aliases',
    'docker-leaks-own-environment',
    'docker-shows-token',
    'docker-probes-by-proxy',
    'never-uses-proxy',
    'proxies-only-job-requests',
    'git-goes-direct',
    'skips-the-hook',
  ],
  control: { without: 'the list `environment`', act: (stage) => testify(stage, []) },
});

/** The proxy's URL with the dollar signs of its password as they are: an encoded one would hide what is done to them. */
const proxyUrl = ({ world }: Stage): string => world.proxy.url.replaceAll('%24', '$');

const environmentOf = (stage: Stage): string[] => [
  ...jobEnvironment(proxyUrl(stage), DIND_NO_PROXY).map((each) => (/^https_/i.test(each) ? `${each}/https/` : each)),
  ...Object.entries(OTHERS).map(([name, value]) => `${name}=${value}`),
];

async function testify(stage: Stage, environment: readonly string[]): Promise<void> {
  const { world, axes } = stage;
  const expected = environmentOf(stage).map((entry) => {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(entry) ?? [];
    return [name, digestOf(value.replaceAll('$$', '$'))];
  });
  world.mark(EXPECTED, JSON.stringify(Object.fromEntries(expected)));
  const names = ALL_NAMES;
  world.mark(BRIDGE, world.docker.bridgeAddress);
  const image = world.docker.image('job');
  world.gitlab.queue({
    repository: PROJECT,
    services: [witness(image, 'job-service', names)],
    script: [testimony('build', names), ...REACH_SERVICES],
    afterScript: [testimony('after-script', names)],
  });
  const plain = configFor(stage);
  const config: RunnerConfig = {
    ...plain,
    env: { ...plain.env, [OWN]: 'the job has no use for it' },
    environment,
    getSourcesHook: [testimony('helper', names), SHOW_SERVICES, GET_SOURCES_HOOK].join('; '),
    docker: dockerConfig(stage, {
      services: [witness(image, 'service', names)],
      ...(axes['network'] === 'per-build' ? { networkPerBuild: true } : {}),
    }),
  };
  await whilePolling(stage, config, () => jobsEnd(stage));
}

function hasEnvironment(evidence: Evidence, speaker: Speaker): Finding {
  const expected: Record<string, string> = JSON.parse(evidence.mark(EXPECTED)?.what ?? '{}');
  const who = SPEAKERS[speaker];
  const seen = testified(evidence, speaker);
  const missing = Object.keys(expected).filter((name) => (seen.get(name) ?? UNSET) === UNSET);
  const changed = Object.entries(expected).filter(
    ([name, digest]) => !missing.includes(name) && seen.get(name) !== digest,
  );
  const told =
    seen.size === 0
      ? `${who} did not say what it has`
      : missing.length > 0
        ? `it lacks ${missing.join(', ')}: config.toml's environment feeds all three kinds of containers, while variables of the runner's unit feed the runner alone`
        : changed.length > 0
          ? `${changed.map(([name]) => name).join(', ')} arrived with another value${changed.some(([name]) => NAMES.includes(name)) ? ': look for $ in a password, which a runner expands, and percent-encode it as %24' : ''}`
          : `it has all ${Object.keys(expected).length}`;
  const holds = seen.size > 0 && missing.length === 0 && changed.length === 0;
  return check(holds, `${who} has the variables of environment, in both cases`, told, jobEnd(evidence));
}

/** Where nothing was looked at, nothing is shown. */
function containersAreSeen(evidence: Evidence): Finding {
  const containers = jobContainers(evidence);
  const seen = containers.length > 0 ? `it made ${counted(containers.length, 'containers')}` : 'it made none';
  return check(
    containers.length > 0,
    'the engine says which containers the runner made for the job',
    seen,
    ...containers.slice(0, 3),
    jobEnd(evidence),
  );
}

/** By the addresses that they have once they run; by what they were made with where one was gone too soon to be asked. */
function isApart(evidence: Evidence): Finding {
  const bridge = evidence.mark(BRIDGE)?.what ?? '';
  const network = bridge.split('.').slice(0, 2).join('.');
  const started = new Map(
    evidence
      .of('container')
      .flatMap(({ container, addresses }) => (addresses ? [[container, addresses] as const] : [])),
  );
  const containers = ROLES.flatMap((role) => jobContainers(evidence, role));
  const others = containers.filter(({ container, inspect }) => {
    const addresses = started.get(container);
    if (addresses) return addresses.some((each) => each.startsWith(`${network}.`));
    return /^(default|bridge|host|none)?$/.test(inspect.network);
  });
  const [first] = others;
  return check(
    containers.length > 0 && !first,
    "with FF_NETWORK_PER_BUILD no container of the job is in docker0's network",
    first
      ? `${first.name} is, and ${others.length - 1} more of ${counted(containers.length, 'containers')}`
      : `none of ${counted(containers.length, 'containers')} is`,
    ...(first ? others : containers).slice(0, 3),
  );
}

/** Of the containers that there are: that one was never made is another finding. */
function isInspected(evidence: Evidence, role: JobContainerRole): Finding[] {
  const containers = jobContainers(evidence, role);
  if (containers.length === 0) return [];
  const lacking = containers.flatMap(({ inspect, ...each }) =>
    NAMES.filter((name) => !inspect.env.some((entry) => entry.startsWith(`${name}=`))).map((name) => ({
      ...each,
      name,
    })),
  );
  const [first] = lacking;
  return [
    check(
      !first,
      `every ${role} container is made with these variables, as docker inspect shows`,
      first
        ? `${first.container} was made without ${first.name}`
        : `${counted(containers.length, `${role} containers`)} made with all of them`,
      ...(first ? [first] : containers.slice(0, 3)),
    ),
  ];
}

function ownStays(evidence: Evidence): Finding {
  const found = EVERYBODY.filter((speaker) => (testified(evidence, speaker).get(OWN) ?? UNSET) !== UNSET);
  const inspected = jobContainers(evidence).filter(({ inspect }) =>
    inspect.env.some((entry) => entry.startsWith(`${OWN}=`)),
  );
  const holds = found.length === 0 && inspected.length === 0;
  return check(
    holds,
    "no container has anything of the runner's own environment",
    holds
      ? 'a variable of the runner alone is in none of them'
      : `a variable of the runner alone is in ${counted(Math.max(found.length, inspected.length), 'containers')}`,
    ...inspected,
    jobEnd(evidence),
  );
}

/** What the ledger writes in place of tokens. A job's own token is among the variables of its build and helper. */
const RUNNER_TOKEN = '«runner-token';
const JOB_TOKEN = '«job-token';

function tokenStays(evidence: Evidence): Finding {
  const leaks = ROLES.flatMap((role) =>
    jobContainers(evidence, role).flatMap(({ inspect, ...each }) => {
      const { env, ...others } = inspect;
      const shown = JSON.stringify(role === 'service' ? inspect : others);
      const token = [RUNNER_TOKEN, JOB_TOKEN].find(
        (mark) => shown.includes(mark) || (mark === RUNNER_TOKEN && env.join().includes(mark)),
      );
      return token ? [{ ...each, token }] : [];
    }),
  );
  const [first] = leaks;
  return check(
    !first,
    "docker inspect shows the runner's token nowhere, and the job's only among the variables of build and helper",
    first ? `${first.token}» is in what it shows of ${first.container}` : 'it shows neither elsewhere',
    ...leaks.slice(0, 3),
  );
}

function servicesAreReached(evidence: Evidence): Finding {
  const missing = SERVICES.filter((each) => !reached(evidence, each));
  return check(
    missing.length === 0,
    'the job reaches its services by their aliases',
    missing.length === 0 ? 'it reached both' : `it did not reach ${missing.join(' and ')}`,
    jobEnd(evidence),
  );
}

function serviceIsNotAskedFor(evidence: Evidence): Finding {
  const asked = evidence.proxy().filter(({ target }) => isService(target));
  return check(
    asked.length === 0,
    'the proxy is not asked for the service',
    asked.length === 0
      ? 'it was not'
      : `it was asked ${counted(asked.length, 'times')}, the first: ${asked[0]?.method} ${asked[0]?.target}: whether a service is up must be found out by a bare connection, not through the proxy`,
    ...asked.slice(0, 3),
  );
}
