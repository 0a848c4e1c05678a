import type { Stage } from '../../conformance/authoring.ts';
import type { Ability, DockerExecutorConfig } from '../../runner/subject.ts';
import { dockerConfig } from '../docker/executor.ts';
import { jobEnd } from '../job/job-end.ts';

/** How long a job may take that asks every client many questions, in milliseconds; half a minute is usual. */
const LIMIT_MS = 5 * 60_000;

/** What a subject must be able to do to run a job that asks every client. */
export const clientAbilities: readonly Ability[] = ['poll', 'docker', 'environment'];

/**
 * The Docker executor with jobs in the image of the clients. They are privileged: dockerd is one of the clients, and the
 * probe makes networks of its own. Node is not in the image; it is the one that runs us.
 */
export function clientsConfig(stage: Pick<Stage, 'world'>, extraHosts: readonly string[] = []): DockerExecutorConfig {
  const { docker } = stage.world;
  return dockerConfig(stage, {
    image: docker.image('clients'),
    privileged: true,
    volumes: [`${process.execPath}:/usr/local/bin/node:ro`],
    extraHosts: [...docker.extraHosts, ...extraHosts],
  });
}

/** Waits for the end of a job. That clients go around the proxy is no reason to wait for it no longer. */
export async function clientsEnd({ world }: Pick<Stage, 'world'>): Promise<void> {
  await world.waitFor("the end of the clients' job", jobEnd, LIMIT_MS);
}
