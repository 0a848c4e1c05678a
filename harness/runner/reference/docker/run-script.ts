import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type Docker from 'dockerode';

/** What is run in a container, and what becomes of its output. */
export interface ScriptRun {
  readonly docker: Docker;
  /** Not running; its command reads a script from its standard input. */
  readonly container: Docker.Container;
  readonly script: string;
  readonly output: (chunk: Buffer) => void;
  readonly signal: AbortSignal;
}

/**
 * Starts a container, feeds it a script, and waits for its end.
 * @returns its exit code
 * @throws the signal's reason, when it aborts; the container is dead then
 */
export async function runScript({ docker, container, script, output, signal }: ScriptRun): Promise<number> {
  signal.throwIfAborted();
  const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
  const kill = (): void => {
    container.kill().catch(() => {});
    stream.end();
  };
  signal.addEventListener('abort', kill, { once: true });
  try {
    const sink = new Writable({
      write: (chunk, _, done) => {
        output(chunk);
        done();
      },
    });
    docker.modem.demuxStream(stream, sink, sink);
    const read = finished(stream, { writable: false }).catch(() => {});
    await container.start();
    stream.end(script);
    await read;
    const { StatusCode } = await container.wait();
    signal.throwIfAborted();
    return StatusCode;
  } finally {
    signal.removeEventListener('abort', kill);
    stream.end();
  }
}
