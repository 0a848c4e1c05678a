import {
  type AxisValues,
  configJsonWorld,
  dockerNeeds,
  type Evidence,
  type Finding,
  jobEnd,
  jobTaken,
  measured,
  nothingDirect,
  runWithDockerSocket,
  scenario,
  traceLines,
} from '../../harness/kit/index.ts';

/** What Docker 29 wants at least. */
const OF_DOCKER_29 = '1.44';
const asksMore = (axes: AxisValues): boolean => axes['minimum'] === OF_DOCKER_29;

const WORD = 'proxyproof-api';
const FORMAT = '{{.Client.Version}} {{.Client.APIVersion}}';

export default scenario({
  id: 'docker/api-version',
  asks: "Which versions of Docker's API do the engine, the runner and a job's docker CLI have in common?",
  explains:
    "A job in Docker has the engine's own socket, and its docker CLI asks for the engine's version. The answer is what the engine says that it speaks, and what the CLI settles on. With minimum=1.44 the engine wants that at least, as Docker 29 does: runners and CLIs of an earlier time then get no job done. An engine before Docker 25 does not know the setting.",
  axes: { minimum: { values: ['its-own', OF_DOCKER_29], default: 'its-own' } },
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker'],
  work: 4_000,
  world: ({ axes }) => ({
    ...configJsonWorld(),
    docker: asksMore(axes) ? { environment: () => ({ DOCKER_MIN_API_VERSION: OF_DOCKER_29 }) } : {},
  }),
  act: async (stage) => {
    const script = [`docker version --format '${WORD} ${FORMAT}' || { docker version 2>&1 || true; }`];
    await runWithDockerSocket(stage, { script }, {});
  },
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    return untaken ? [untaken, nothingDirect(evidence)] : [engineSpeaks(evidence), jobGets(evidence)];
  },
  mutants: [],
});

function engineSpeaks(evidence: Evidence): Finding {
  const [engine] = evidence.of('engine');
  return measured(
    'which versions of its API the engine speaks',
    engine
      ? `Docker ${engine.version} speaks ${engine.minApiVersion} to ${engine.apiVersion}`
      : 'nothing is known of the engine',
    engine,
  );
}

const ASKS = new RegExp(`^${WORD} (\\S+) (\\S+)$`);
const TOO_OLD = /client version (\S+) is too old\. Minimum supported API version is (\d+\.\d+)/;

function jobGets(evidence: Evidence): Finding {
  const end = jobEnd(evidence);
  const lines = traceLines(evidence);
  const [, client, api] = lines.map((line) => ASKS.exec(line)).find((each) => each) ?? [];
  const [, tooOld, least] = lines.map((line) => TOO_OLD.exec(line)).find((each) => each) ?? [];
  // Whoever is refused before the script begins is the runner.
  const cli = client === undefined ? undefined : `the docker CLI ${client} of the job`;
  const asked = cli === undefined ? 'nobody asked for any' : `${cli} asks for ${api}`;
  const seen =
    tooOld === undefined
      ? asked
      : `${cli ?? 'the runner'} asks for ${tooOld} and is refused, since the engine wants ${least}`;
  return measured('which the clients of a job ask for', `${seen}; the job ended as ${end?.state ?? 'nothing'}`, end);
}
