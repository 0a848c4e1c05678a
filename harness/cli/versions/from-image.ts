import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { extract } from 'tar-stream';
import { EnvironmentError, UsageError } from '../../conformance/errors.ts';
import { makeDirectories } from '../../files/index.ts';
import { isProgram } from '../../process/index.ts';

/** Where images of gitlab-runner have their program: the official ones, and those of Debian's package. */
const PROGRAMS = ['/usr/bin/gitlab-runner', '/usr/local/bin/gitlab-runner'];

/**
 * Gets the runner's program out of a container image, which is pulled where the engine does not have it. Nothing of the image is
 * run.
 * @param cacheDir the program is kept there, under the image's id
 * @returns the path of the program
 * @throws EnvironmentError when the image cannot be had; UsageError when it has no gitlab-runner
 */
export async function runnerFromImage(image: string, docker: Docker, cacheDir: string): Promise<string> {
  const { Id: id } = await inspect(image, docker);
  const place = join(cacheDir, 'from-images');
  const dir = join(place, id.replace(/^sha256:/, ''));
  const target = join(dir, 'gitlab-runner');
  if (isProgram(target)) return target;
  const container = await docker.createContainer({ Image: id, Entrypoint: ['none'] });
  await makeDirectories(place);
  const unfinished = await mkdtemp(`${dir}.`);
  try {
    const file = join(unfinished, 'gitlab-runner');
    if (!(await copyOut(container, file))) {
      throw new UsageError(`The image ${image} has no ${PROGRAMS.join(' and no ')}. Name an image of gitlab-runner.`);
    }
    await chmod(file, 0o755);
    await rename(unfinished, dir).catch((error: Error) => {
      if (!isProgram(target)) throw error;
    });
    return target;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await container.remove({ force: true });
  }
}

async function inspect(image: string, docker: Docker): Promise<Docker.ImageInspectInfo> {
  const found = await docker
    .getImage(image)
    .inspect()
    .catch(() => undefined);
  if (found) return found;
  try {
    const pulling = await docker.pull(image);
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(pulling, (error) => (error ? reject(error) : resolve()));
    });
    return await docker.getImage(image).inspect();
  } catch (error) {
    throw new EnvironmentError(
      `The image ${image} is not here, and cannot be pulled: ${(error as Error).message}. Check its name and the network, or give the path of a runner's program.`,
      { cause: error },
    );
  }
}

/** Copies the first program that is there. Links lead elsewhere and are passed over. */
async function copyOut(container: Docker.Container, file: string): Promise<boolean> {
  for (const path of PROGRAMS) {
    const archive = await container.getArchive({ path }).catch((error: Error & { statusCode?: number }) => {
      if (error.statusCode === 404) return undefined;
      throw error;
    });
    if (archive === undefined) continue;
    const entries = extract();
    let copied = false;
    const copying = (async () => {
      for await (const entry of entries) {
        if (entry.header.type !== 'file') {
          entry.resume();
          continue;
        }
        await pipeline(entry, createWriteStream(file, { mode: 0o600 }));
        copied = true;
      }
    })();
    await Promise.all([pipeline(archive, entries), copying]);
    if (copied) return true;
  }
  return false;
}
