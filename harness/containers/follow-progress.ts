import type Docker from 'dockerode';

/**
 * Waits for the end of something that the daemon tells the progress of: a pull, a build, a load.
 * @returns the last it said
 * @throws Error with the daemon's reason, and what it said before
 */
export async function followProgress(docker: Docker, stream: NodeJS.ReadableStream): Promise<string> {
  let last = '';
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error) =>
        error ? reject(new Error(last ? `${error.message}; before that: ${last.trim()}` : error.message)) : resolve(),
      ({ stream: text }: { stream?: string }) => {
        last = (last + (text ?? '')).slice(-500);
      },
    );
  });
  return last;
}
