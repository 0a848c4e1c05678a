import { createReadStream } from 'node:fs';

/** What the Go linker writes of a package's functions, whether a binary is stripped or not. */
const ANY_EXECUTOR = 'gitlab-runner/executors/shell.';
const DOCKER_EXECUTOR = 'gitlab-runner/executors/docker.';

/**
 * Whether a gitlab-runner has the Docker executor built in. Official ones have it; others may leave it out, and no
 * command tells before a job fails. What is no such binary, such as a wrapper script, is taken at its word.
 * @param path of the binary
 */
export async function hasDockerExecutor(path: string): Promise<boolean> {
  let known = false;
  let before = '';
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    const text = before + (chunk as Buffer).toString('latin1');
    if (text.includes(DOCKER_EXECUTOR)) return true;
    known ||= text.includes(ANY_EXECUTOR);
    before = text.slice(-DOCKER_EXECUTOR.length);
  }
  return !known;
}
