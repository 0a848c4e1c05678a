import type { Stage } from '../../conformance/authoring.ts';
import type { JobSpec } from '../../gitlab/spec.ts';
import type { DockerProxies } from '../../recipes/index.ts';
import type { RunnerConfig } from '../../runner/subject.ts';
import type { WorldSpec } from '../../world/spec.ts';
import { dockerConfig } from '../docker/executor.ts';
import { configFor } from '../running/config.ts';
import { jobsEnd } from '../running/jobs-end.ts';
import { whilePolling } from '../running/while.ts';

/** What every container that a job's docker CLI starts is called here. */
export const STARTED = 'proxyproof-started';

const SOCKET = '/var/run/docker.sock';

/** Where the docker CLI of root looks. */
export const DOCKER_CONFIG_FILE = '/root/.docker/config.json';

/** Marks what config.json must say. */
export const EXPECTED = 'expected-proxies';

/** Begins the line in which a job shows its config.json, in Base64. */
export const WORD = 'proxyproof-config-json=';

/** A world in which jobs run in Docker; its proxy wants no password, so nothing in a trace is a secret. */
export const configJsonWorld = (): WorldSpec => ({
  docker: {},
  proxy: { kind: 'basic', auth: { scheme: 'none', user: '', password: '' } },
  gitlab: {},
});

/** Lines of a script that show config.json, and have the docker CLI start a container. */
const showsAndStarts = (image: string): readonly string[] => [
  `echo ${WORD}$(base64 -w0 $HOME/.docker/config.json)`,
  `docker run --rm --name ${STARTED} ${image} true`,
];

/**
 * Runs one job whose docker CLI has the engine's own socket.
 * @param differs how the runner is configured; volumes are added
 */
export async function runWithDockerSocket(
  stage: Stage,
  job: JobSpec,
  { volumes = [], ...differs }: Partial<RunnerConfig> & { readonly volumes?: readonly string[] },
): Promise<void> {
  const { world } = stage;
  world.gitlab.queue(job);
  const docker = dockerConfig(stage, { volumes: [`${world.docker.socketPath}:${SOCKET}`, ...volumes] });
  await whilePolling(stage, configFor(stage, { ...differs, docker }), () => jobsEnd(stage));
}

/**
 * Runs one that shows its config.json and starts a container.
 * @param expected what config.json must say
 * @param differs as above
 */
export function showConfigJson(
  stage: Stage,
  expected: DockerProxies,
  job: JobSpec,
  differs: Parameters<typeof runWithDockerSocket>[2],
): Promise<void> {
  const { world } = stage;
  world.mark(EXPECTED, JSON.stringify(expected));
  return runWithDockerSocket(stage, { ...job, script: showsAndStarts(world.docker.image('job')) }, differs);
}
