import {
  type AxisValues,
  buildContext,
  daemonCallsAtProxy,
  dindAbilities,
  dindAxis,
  dindEnvironment,
  dindPort,
  dindWorld,
  dockerBuild,
  dockerNeeds,
  dockerPush,
  dockerVersions,
  type Evidence,
  type Finding,
  isSuccess,
  jobEnd,
  jobTaken,
  LAYER_SIZES,
  measured,
  registryLogin,
  registryWrites,
  runWithDind,
  scenario,
  showDockerVersions,
  traceLines,
} from '../../harness/kit/index.ts';

/** What NO_PROXY is in config.toml, for the job and for dind. */
const LISTS: Readonly<Record<string, string>> = { 'without-ports': 'docker', everything: '*' };

/** Other spellings, which only the docker CLI is asked about. */
const spellings = (port: number): readonly string[] => [
  '',
  'docker',
  `docker:${port}`,
  `docker:${port + 1000}`,
  'docker:2375,docker:2376',
  '.docker',
  '*.docker',
  'dock*',
  '*ker',
  'DOCKER',
  '172.16.0.0/12',
  '*',
];

const SAID = 'NO_PROXY=';

const tries = (port: number): string =>
  [
    `for each in ${spellings(port)
      .map((each) => `'${each}'`)
      .join(' ')}; do`,
    '  if NO_PROXY="$each" no_proxy="$each" docker version --format \'\' >/dev/null 2>&1; then how=directly; else how=\'by the proxy\'; fi',
    `  echo "${SAID}$each: $how"`,
    'done',
  ].join('\n');

const script = (axes: AxisValues): readonly string[] => [
  tries(dindPort(axes)),
  showDockerVersions,
  ...buildContext((LAYER_SIZES['small'] ?? []).slice(0, 2)),
  dockerBuild('classic'),
  registryLogin,
  dockerPush('classic'),
];

export default scenario({
  id: 'docker/push-no-proxy-without-ports',
  asks: 'Is docker push blocked when NO_PROXY names the daemon without its port?',
  explains:
    "The page says that NO_PROXY needs the ports, or docker push is blocked. config.toml's `environment` has NO_PROXY=docker, for the job and for dind; a job builds an image, logs in and pushes. The answer is how the CLI reached the daemon, how the daemon reached the registry, and whether the push succeeded, with the versions of both. Before that the CLI alone is tried with other spellings: with ports, a wrong port, suffixes, prefixes, a network, other letter case, an asterisk. With list=everything NO_PROXY is `*`, which the daemon obeys too.",
  axes: { list: { values: Object.keys(LISTS), default: 'without-ports' }, dind: dindAxis },
  where: ({ list, dind }) => list === 'without-ports' || dind === 'plain',
  needs: () => dockerNeeds(),
  abilities: () => dindAbilities,
  work: 5_000,
  world: dindWorld,
  allows: ({ axes }) =>
    axes['list'] === 'everything' ? { direct: [{ what: /^registry\.test:/, why: 'NO_PROXY names every host' }] } : {},
  act: (stage) => {
    const environment = dindEnvironment(stage, LISTS[stage.axes['list'] ?? '']);
    return runWithDind(stage, { script: script(stage.axes), environment });
  },
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    return untaken ? [untaken] : [whatBecameOfIt(evidence, LISTS[axes['list'] ?? ''] ?? ''), whatTheCliTakes(evidence)];
  },
  mutants: [],
});

function whatBecameOfIt(evidence: Evidence, list: string): Finding {
  const pushed = registryWrites(evidence).some((each) => /\/manifests\//.test(each.target) && isSuccess(each));
  const around = evidence.tripwire().find(({ to }) => to.startsWith('registry.test'));
  const arrived = evidence.requests('registry').length;
  const daemon = around
    ? 'the daemon goes to the registry without the proxy'
    : arrived > 0
      ? 'the daemon goes to the registry by the proxy'
      : 'the daemon does not ask for the registry';
  const end = jobEnd(evidence);
  return measured(
    `what becomes of docker push with NO_PROXY=${list}`,
    `with ${dockerVersions(evidence)}, ${daemon}; the push ${pushed ? 'is done' : 'is blocked'}, and the job ends as ${end?.state ?? 'nothing'}`,
    around ?? evidence.requests('registry')[0],
    end,
  );
}

function whatTheCliTakes(evidence: Evidence): Finding {
  const answers = traceLines(evidence).flatMap((line) => {
    const [, spelling, how] = /^NO_PROXY=(.*): (directly|by the proxy)$/.exec(line) ?? [];
    return spelling === undefined || how === undefined ? [] : [{ spelling: spelling || 'nothing', how }];
  });
  const all = [...Map.groupBy(answers, ({ how }) => how)];
  const seen = all.map(([how, of]) => `${how}: ${of.map(({ spelling }) => spelling).join(', ')}`).join('; ');
  return measured(
    'with which spelling of NO_PROXY the docker CLI reaches a daemon at docker directly',
    seen || 'the job said nothing of it',
    ...daemonCallsAtProxy(evidence).slice(0, 1),
    jobEnd(evidence),
  );
}
