import type Docker from 'dockerode';

/** One line of what the daemon tells. */
interface ProgressLine {
  readonly stream?: string;
  readonly error?: string;
}

/**
 * Waits for the end of something that the daemon tells the progress of: a pull, a build, a load.
 * @throws Error with the daemon's reason, and what it said before
 */
export async function followProgress(docker: Docker, stream: NodeJS.ReadableStream): Promise<void> {
  let last = '';
  let failure: string | undefined;
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error) => {
        // A failure is a line like any other, in an answer that ends as it should.
        const reason = error?.message ?? failure;
        if (reason === undefined) resolve();
        else reject(new Error(last === '' ? reason : `${reason}; before that: ${last.trim()}`));
      },
      ({ stream: text = '', error }: ProgressLine) => {
        failure ??= error;
        last = (last + text).slice(-500);
      },
    );
  });
}
