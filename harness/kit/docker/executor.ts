import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Need, Stage } from '../../conformance/authoring.ts';
import type { EventOf, Evidence } from '../../ledger/index.ts';
import type { DockerExecutorConfig } from '../../runner/subject.ts';

/** What the machine must have for a world with a Docker engine. */
export const dockerNeeds = (...others: Need[]): readonly Need[] => ['docker', ...others];

/**
 * The Docker executor as a scenario configures it: jobs in the image `job`, sources and artifacts in the image `helper`,
 * the world's names as `extra_hosts`, and images of the engine used as they are there.
 * @param differs what this scenario has different. Both images must be in it where the engine has none from the start.
 */
export function dockerConfig(
  { world }: Pick<Stage, 'world'>,
  differs: Partial<DockerExecutorConfig> = {},
): DockerExecutorConfig {
  const { docker } = world;
  return {
    host: `unix://${docker.socketPath}`,
    extraHosts: docker.extraHosts,
    pullPolicy: 'if-not-present',
    ...differs,
    image: differs.image ?? docker.image('job'),
    helperImage: differs.helperImage ?? docker.image('helper'),
  };
}

/**
 * Volumes by which helper containers trust GitLab's authority in everything they do, as GitLab documents it: `tls-ca-file`
 * is for GitLab itself, and not for object storage. None where GitLab has no TLS.
 */
export async function trustVolumes({ world }: Pick<Stage, 'world'>): Promise<readonly string[]> {
  const { caPem } = world.gitlab;
  if (caPem === undefined) return [];
  const file = join(world.host.dir, 'ca.crt');
  await writeFile(file, caPem);
  return [`${file}:/etc/gitlab-runner/certs/ca.crt:ro`];
}

/**
 * What a runner's container is for, as its labels say: every version of gitlab-runner has this one, and some (17, 18) put
 * its prefix before those of services twice.
 */
const TYPE_LABEL = /^(com\.gitlab\.gitlab-runner\.)+type$/;
const ROLES = { build: 'build', predefined: 'helper', service: 'service' } as const;

/** What a container of a job is for. */
export type JobContainerRole = (typeof ROLES)[keyof typeof ROLES];

/** The containers that a runner made for its jobs, with what `docker inspect` shows of them. */
export function jobContainers(
  evidence: Evidence,
  role: JobContainerRole,
): readonly (EventOf<'container'> & { readonly inspect: NonNullable<EventOf<'container'>['inspect']> })[] {
  return evidence.of('container').flatMap((each) => {
    const { inspect } = each;
    if (!inspect) return [];
    const types = Object.entries(inspect.labels).flatMap(([name, value]) => (TYPE_LABEL.test(name) ? [value] : []));
    return types.some((type) => type in ROLES && ROLES[type as keyof typeof ROLES] === role)
      ? [{ ...each, inspect }]
      : [];
  });
}
