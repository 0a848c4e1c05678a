import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  configJsonIsRight,
  configJsonReachesContainers,
  configJsonWorld,
  DIND_NO_PROXY,
  DOCKER_CONFIG_FILE,
  type DockerProxies,
  dockerConfigFile,
  dockerNeeds,
  endsAs,
  jobTaken,
  nothingDirect,
  type Stage,
  scenario,
  showConfigJson,
} from '../../harness/kit/index.ts';

const proxies = ({ world }: Stage): DockerProxies => ({
  httpProxy: world.proxy.url,
  httpsProxy: world.proxy.url,
  noProxy: DIND_NO_PROXY,
});

/** Writes the host's config.json; without proxies an empty one, as docker login leaves it. */
async function hostFile({ world }: Stage, text: string): Promise<string> {
  const dir = join(world.host.dir, 'root', '.docker');
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'config.json'), text);
  return `${join(dir, 'config.json')}:${DOCKER_CONFIG_FILE}:ro`;
}

const run = async (stage: Stage, text: string): Promise<void> =>
  showConfigJson(stage, proxies(stage), {}, { volumes: [await hostFile(stage, text)] });

export default scenario({
  id: 'docker/config-json-host',
  asks: 'Do the proxies of /root/.docker/config.json reach the containers that the docker CLI starts?',
  explains:
    "The host's /root/.docker/config.json has the page's proxies.default, with the world's proxy. config.toml mounts that file and the engine's socket into a job, so the job's docker CLI is the host's; it starts a container. docker inspect must show HTTP_PROXY, HTTPS_PROXY and NO_PROXY of that container, in both cases. The job's own container has no proxy variables: the file alone must do it.",
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker'],
  work: 5_000,
  world: configJsonWorld,
  act: (stage) => run(stage, dockerConfigFile(proxies(stage))),
  judge: (evidence) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      configJsonIsRight(evidence),
      configJsonReachesContainers(evidence),
      endsAs(evidence, 'success'),
      nothingDirect(evidence),
    ];
  },
  mutants: ['never-uses-proxy', 'proxies-only-job-requests', 'docker-omits-volumes'],
  control: { without: 'the proxies in the file', act: (stage) => run(stage, '{}\n') },
});
