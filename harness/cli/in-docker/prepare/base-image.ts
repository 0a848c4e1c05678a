import type Docker from 'dockerode';
import { getContainerRuntimeClient, ImageName } from 'testcontainers';
import { EnvironmentError } from '../../../conformance/errors.ts';

/**
 * Sees to it that an engine has an image, and gets it where it does not, with the user's credentials for the registry.
 * @returns the image's id
 * @throws EnvironmentError when it cannot be had
 */
export async function bringImage(docker: Docker, name: string, say: (line: string) => void): Promise<string> {
  const there = await imageId(docker, name);
  if (there !== undefined) return there;
  say(`pulling ${name} …`);
  const client = await getContainerRuntimeClient();
  const failure = await client.image.pull(ImageName.fromString(name)).then(
    () => undefined,
    (error: Error) => error,
  );
  const pulled = await imageId(docker, name);
  if (pulled !== undefined) return pulled;
  const why = failure ? `: ${failure.message.trim()}` : '';
  throw new EnvironmentError(
    `The engine has no image ${name}, and cannot pull it${why}. Name one that it has, or can pull, with --in-docker=IMAGE: Debian or Ubuntu with Node.js 20 or newer, and npm.`,
    { cause: failure },
  );
}

/** The id of an image that an engine has. */
export async function imageId(docker: Docker, name: string): Promise<string | undefined> {
  try {
    return (await docker.getImage(name).inspect()).Id;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}
