import {
  type Axis,
  configJsonWorld,
  DIND_NO_PROXY,
  dockerConfigFile,
  dockerNeeds,
  type Evidence,
  type Finding,
  jobEnd,
  jobTaken,
  measured,
  nothingDirect,
  runWithDockerSocket,
  type Stage,
  scenario,
} from '../../harness/kit/index.ts';
import { listedVariables, listVariables } from './_variables.ts';

/** Who builds: the CLI asks the daemon for the one or the other by DOCKER_BUILDKIT. */
const builderAxis = { values: ['classic', 'buildkit'] } as const satisfies Axis;

/** What differs between the builds of one job, in words. */
const BUILDS = {
  environment: "with the proxy in the CLI's environment alone",
  'config-json': 'with proxies.default in config.json',
  declared: 'with that, and ARG HTTP_PROXY in the Dockerfile',
} as const;
type Build = keyof typeof BUILDS;

/** Where a variable was found, in words. */
const PLACES = {
  run: 'RUN steps have',
  image: "the image's configuration keeps",
  history: 'docker history shows',
} as const;
type Place = keyof typeof PLACES;

const steps = (build: Build, image: string): readonly string[] => [
  `printf '%s\\n' 'FROM ${image}' ${build === 'declared' ? "'ARG HTTP_PROXY' " : ''}'RUN env > /variables' > Dockerfile`,
  `docker build --quiet --no-cache --tag ${build} .`,
  listVariables(`${build} run`, `docker run --rm ${build} cat /variables`),
  listVariables(`${build} image`, `docker image inspect --format '{{json .Config.Env}}' ${build}`),
  listVariables(`${build} history`, `docker history --no-trunc --format '{{.CreatedBy}}' ${build}`),
];

/** The host's own file, as the job would write it; the lines end in no quotation mark, so the shell takes them as they are. */
const writeConfig = (url: string): string =>
  `mkdir -p $HOME/.docker && printf %s '${dockerConfigFile({ httpProxy: url, httpsProxy: url, noProxy: DIND_NO_PROXY })}' > $HOME/.docker/config.json`;

async function build(stage: Stage, builds: readonly Build[]): Promise<void> {
  const { world, axes } = stage;
  const { url } = world.proxy;
  const image = world.docker.image('job');
  const environment = [`HTTP_PROXY=${url}`, `http_proxy=${url}`, `HTTPS_PROXY=${url}`, `https_proxy=${url}`];
  const script = builds.flatMap((each) => [
    ...(each === 'config-json' ? [writeConfig(url)] : []),
    ...steps(each, image),
  ]);
  const job = { script, variables: { DOCKER_BUILDKIT: axes['builder'] === 'buildkit' ? '1' : '0' } };
  await runWithDockerSocket(stage, job, { environment });
}

export default scenario({
  id: 'docker/build-args',
  asks: 'Which proxy variables does a build get, and which of them stay in the image?',
  explains:
    "A job in Docker builds an image three times on the engine's own socket, with the classic builder or with BuildKit: with the proxy only in the environment of the docker CLI; with the page's proxies.default in its config.json; and with that and `ARG HTTP_PROXY` in the Dockerfile. The RUN step keeps a copy of its environment. No build reuses the one before, because BuildKit does not count a proxy as a difference. The answer is which variables RUN has, and which are in the image's configuration or in docker history.",
  axes: { builder: builderAxis },
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker', 'environment'],
  work: 12_000,
  world: configJsonWorld,
  act: (stage) => build(stage, ['environment', 'config-json', 'declared']),
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return (Object.keys(BUILDS) as Build[]).map((each) => answer(evidence, each));
  },
  mutants: [],
  control: { without: 'config.json', act: (stage) => build(stage, ['environment']) },
});

function answer(evidence: Evidence, which: Build): Finding {
  const end = jobEnd(evidence);
  const found = (place: Place): string =>
    `${PLACES[place]} ${listedVariables(evidence, `${which} ${place}`).join(', ') || 'none'}`;
  return measured(
    `which variables a build has ${BUILDS[which]}`,
    end?.state === 'success'
      ? `${BUILDS[which]}: ${(Object.keys(PLACES) as Place[]).map(found).join('; ')}`
      : `the job ended as ${end?.state ?? 'nothing'}`,
    end,
  );
}
