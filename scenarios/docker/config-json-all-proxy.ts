import {
  configJsonWorld,
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

/** What the CLI starts, in words. */
const PLACES = {
  run: 'a container of docker run has',
  classic: 'RUN steps of the classic builder have',
  buildkit: 'RUN steps of BuildKit have',
} as const;
type Place = keyof typeof PLACES;

const build = (builder: 'classic' | 'buildkit'): readonly string[] => [
  `DOCKER_BUILDKIT=${builder === 'buildkit' ? 1 : 0} docker build --quiet --no-cache --tag ${builder} .`,
  listVariables(builder, `docker run --rm ${builder} cat /variables`),
];

async function run(stage: Stage): Promise<void> {
  const { url } = stage.world.proxy;
  const image = stage.world.docker.image('job');
  const file = JSON.stringify({ proxies: { default: { httpProxy: url, allProxy: url } } });
  const script = [
    `mkdir -p $HOME/.docker && printf %s '${file}' > $HOME/.docker/config.json`,
    listVariables('run', `docker run --rm ${image} env`),
    `printf '%s\\n' 'FROM ${image}' 'RUN env > /variables' > Dockerfile`,
    ...build('classic'),
    ...build('buildkit'),
  ];
  await runWithDockerSocket(stage, { script }, {});
}

export default scenario({
  id: 'docker/config-json-all-proxy',
  asks: "Does allProxy in docker's config.json reach containers and builds?",
  explains:
    "The page's config.json has no allProxy, which Docker knows from some version on. A job in Docker writes a config.json with httpProxy and allProxy, and has the docker CLI start a container and build an image, by the classic builder and by BuildKit. Which variables each of them has is the answer; HTTP_PROXY shows that the file was read.",
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker'],
  work: 6_000,
  world: configJsonWorld,
  act: run,
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    const answers = (Object.keys(PLACES) as Place[]).map((place) => answer(evidence, place));
    return untaken ? [untaken, nothingDirect(evidence)] : answers;
  },
  mutants: [],
});

function answer(evidence: Evidence, place: Place): Finding {
  const end = jobEnd(evidence);
  return measured(
    `which variables there are: ${PLACES[place]}`,
    end?.state === 'success'
      ? `${PLACES[place]} ${listedVariables(evidence, place).join(', ') || 'none'}`
      : `the job ended as ${end?.state ?? 'nothing'}`,
    end,
  );
}
