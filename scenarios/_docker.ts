import type { Need, Stage } from '../harness/conformance/authoring.ts';
import type { EventOf, Evidence } from '../harness/ledger/index.ts';
import type { DockerExecutorConfig } from '../harness/runner/subject.ts';

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

/** What a runner's container is for, as its labels say: every version of gitlab-runner has this one. */
const TYPE_LABEL = 'com.gitlab.gitlab-runner.type';
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
    const found = Object.entries(ROLES).find(([type]) => type === inspect.labels[TYPE_LABEL])?.[1];
    return found === role ? [{ ...each, inspect }] : [];
  });
}
