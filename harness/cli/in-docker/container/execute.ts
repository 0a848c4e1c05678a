import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type Docker from 'dockerode';
import { machineClock } from '../../../clock/index.ts';
import type { Terminal } from '../../exit.ts';

/** The exit code of what was ended by SIGKILL, as a shell says it. */
const KILLED = 137;
/** How long a container may take to end that was killed, in real milliseconds. */
const END_LIMIT_MS = 2000;

/** How a command is run in a container. */
export interface ExecuteOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Where its output goes as it comes. A terminal makes it write as to one. */
  readonly terminal: Pick<Terminal, 'stdout' | 'stderr'>;
}

/**
 * Runs a command in a container, to its end.
 * @returns its exit code; undefined when the container ended before it did
 */
export async function execute(
  docker: Docker,
  container: Docker.Container,
  command: readonly string[],
  { env, terminal: { stdout, stderr } }: ExecuteOptions,
): Promise<number | undefined> {
  const tty = stdout.isTTY === true && stderr.isTTY === true;
  const exec = await container.exec({
    Cmd: [...command],
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    AttachStdout: true,
    AttachStderr: true,
    Tty: tty,
  });
  const stream = await exec.start({ hijack: true, stdin: false, Tty: tty });
  const resize = (): void => {
    // It may have ended in the meantime, and then its size does not matter.
    exec.resize({ h: stdout.rows, w: stdout.columns }).catch(() => {});
  };
  if (tty) {
    stream.on('data', (chunk: Buffer) => void stdout.write(chunk));
    stdout.on('resize', resize);
    resize();
  } else docker.modem.demuxStream(stream, stdout, stderr as Writable);
  try {
    // A connection that breaks ends it, too; the engine then says how it stands.
    await finished(stream, { writable: false }).catch(() => {});
    const { Running, ExitCode } = await exec.inspect();
    if (Running || ExitCode === null) return undefined;
    return ExitCode === KILLED && (await endsNow(container)) ? undefined : ExitCode;
  } catch {
    return undefined;
  } finally {
    stdout.off('resize', resize);
  }
}

/** Whether a container comes to its end, too: then what was killed in it was killed with it. */
function endsNow(container: Docker.Container): Promise<boolean> {
  const ended = container.wait().then(
    () => true,
    ({ statusCode }: { statusCode?: number }) => statusCode === 404,
  );
  return machineClock.within(END_LIMIT_MS, 'the end of the container', ended).catch(() => false);
}
