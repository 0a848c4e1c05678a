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
import { digestOf, isService, SHOW_SERVICE, testified, testimony, UNSET, witness } from './_witness.ts';

const PROJECT = 'group/project';
/** As they come to speak. */
const ROLES = ['helper', 'service', 'build'] as const;

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
    jobs: [{ repository: PROJECT, script: [testimony('build', [...NAMES, OWN])] }],
  },
});

/** The variables of the page's `environment`, and those of its section on dind. */
const NAMES = ['https_proxy', 'http_proxy', 'HTTPS_PROXY', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY'];

export default scenario({
  id: 'containers/environment',
  asks: "Does config.toml's `environment` reach the build, the helper and the service containers?",
  explains:
    "config.toml has the page's `environment`: the proxy variables and NO_PROXY, in both cases. A job runs in Docker, with a service beside it. The helper container (in the get-sources hook), the service container (by its command, which leaves a note in the builds volume) and the build container (in the job's script) each print the digest of every variable they have; all must be those of config.toml. No container may have a variable that only the runner's own process has. docker inspect may not show the runner's token. And nothing may ask the proxy for the service: a runner checks by a connection of its own whether a service is up. With password=dollar the proxy's password has dollar signs, doubled in config.toml because runners expand `$NAME` there. With network=per-build the job has a network of its own (FF_NETWORK_PER_BUILD) instead of links on the default bridge.",
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
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      ...ROLES.map((role) => hasEnvironment(evidence, role)),
      ...ROLES.flatMap((role) => isInspected(evidence, role)),
      ownStays(evidence),
      tokenStays(evidence),
      serviceIsNotAskedFor(evidence),
      endsAs(evidence, 'success'),
      nothingDirect(evidence),
    ];
  },
  mutants: [
    'docker-omits-lower-case',
    'docker-omits-upper-case',
    'docker-omits-helper',
    'docker-omits-build',
    'docker-omits-services',
    'docker-expands-twice',
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

const environmentOf = (stage: Stage): string[] => jobEnvironment(proxyUrl(stage), DIND_NO_PROXY);

async function testify(stage: Stage, environment: readonly string[]): Promise<void> {
  const { world, axes } = stage;
  const expected = environmentOf(stage).map((entry) => {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(entry) ?? [];
    return [name, digestOf(value.replaceAll('$$', '$'))];
  });
  world.mark(EXPECTED, JSON.stringify(Object.fromEntries(expected)));
  const names = [...NAMES, OWN];
  const plain = configFor(stage);
  const config: RunnerConfig = {
    ...plain,
    env: { ...plain.env, [OWN]: 'the job has no use for it' },
    environment,
    getSourcesHook: [testimony('helper', names), SHOW_SERVICE, GET_SOURCES_HOOK].join('; '),
    docker: dockerConfig(stage, {
      services: [witness(world.docker.image('job'), names)],
      ...(axes['network'] === 'per-build' ? { networkPerBuild: true } : {}),
    }),
  };
  await whilePolling(stage, config, () => jobsEnd(stage));
}

function hasEnvironment(evidence: Evidence, role: JobContainerRole): Finding {
  const expected: Record<string, string> = JSON.parse(evidence.mark(EXPECTED)?.what ?? '{}');
  const seen = testified(evidence, role);
  const missing = Object.keys(expected).filter((name) => (seen.get(name) ?? UNSET) === UNSET);
  const changed = Object.entries(expected).filter(
    ([name, digest]) => !missing.includes(name) && seen.get(name) !== digest,
  );
  const told =
    seen.size === 0
      ? `the ${role} container did not say what it has`
      : missing.length > 0
        ? `it lacks ${missing.join(', ')}: config.toml's environment feeds all three kinds of containers, while variables of the runner's unit feed the runner alone`
        : changed.length > 0
          ? `${changed.map(([name]) => name).join(', ')} arrived with another value: look for $ in a password, which a runner expands, and percent-encode it as %24`
          : `it has all ${Object.keys(expected).length}`;
  const holds = seen.size > 0 && missing.length === 0 && changed.length === 0;
  return check(holds, `the ${role} container has the variables of environment, in both cases`, told, jobEnd(evidence));
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
  const found = ROLES.filter((role) => (testified(evidence, role).get(OWN) ?? UNSET) !== UNSET);
  const inspected = ROLES.flatMap((role) =>
    jobContainers(evidence, role).filter(({ inspect }) => inspect.env.some((entry) => entry.startsWith(`${OWN}=`))),
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
