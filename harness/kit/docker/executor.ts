import type { Need, Stage } from '../../conformance/authoring.ts';
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
