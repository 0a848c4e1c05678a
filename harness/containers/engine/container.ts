import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import type Docker from 'dockerode';
import { machineClock } from '../../clock/index.ts';
import type { ContainerSpec, ExecResult, RunningContainer } from '../handle.ts';
import { endCommand } from './end-command.ts';

/** How long a command in a container may take, in real milliseconds, where nothing else is said. */
const EXEC_LIMIT_MS = 60_000;

/** A container that the harness itself has started. */
export class OwnContainer implements RunningContainer {
  readonly id: string;
  readonly name: string;
  readonly address: string | undefined;
  readonly exited: Promise<{ readonly code: number }>;
  readonly #container: Docker.Container;
  readonly #docker: Docker;

  constructor(docker: Docker, container: Docker.Container, spec: ContainerSpec, address: string | undefined) {
    this.#docker = docker;
    this.#container = container;
    this.id = container.id;
    this.name = spec.name;
    this.address = address;
    this.exited = container.wait().then(
      ({ StatusCode }: { StatusCode: number }) => ({ code: StatusCode }),
      () => ({ code: -1 }),
    );
  }

  async exec(...[command, options = {}]: Parameters<RunningContainer['exec']>): Promise<ExecResult> {
    const { env = {}, limitMs = EXEC_LIMIT_MS, stdin, workingDir } = options;
    const exec = await this.#container.exec({
      Cmd: [...command],
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      AttachStdin: stdin !== undefined,
      AttachStdout: true,
      AttachStderr: true,
      ...(workingDir === undefined ? {} : { WorkingDir: workingDir }),
    });
    const stream = await exec.start({ hijack: true, stdin: stdin !== undefined });
    const output = { stdout: collector(), stderr: collector() };
    this.#docker.modem.demuxStream(stream, output.stdout.sink, output.stderr.sink);
    if (stdin !== undefined) stream.end(stdin);
    const ended = finished(stream, { writable: false });
    ended.catch(() => {});
    const late = new Error(
      `the command ${command.join(' ')} in the container ${this.name} did not end within ${limitMs / 1000} s`,
    );
    try {
      await machineClock.within(limitMs, () => late, ended);
    } catch (error) {
      if (error === late) await this.#end(exec);
      throw error;
    } finally {
      stream.destroy();
    }
    const { ExitCode } = await exec.inspect();
    return { code: ExitCode ?? -1, stdout: output.stdout.text(), stderr: output.stderr.text() };
  }

  /** Ends a command, where it is not over by now or the container gone. */
  async #end(exec: Docker.Exec): Promise<void> {
    const { Running, Pid } = await exec.inspect().catch(() => ({ Running: false, Pid: 0 }));
    if (Running && Pid > 0) await endCommand(this.id, Pid);
  }

  async ready(what: string, command: readonly string[], limitMs: number): Promise<void> {
    let last: ExecResult | undefined;
    try {
      await machineClock.until(limitMs, what, async () => {
        last = await this.exec(command, { limitMs });
        return last.code === 0 ? true : undefined;
      });
    } catch (error) {
      const said = (last?.stderr || last?.stdout || 'nothing').trim().slice(-500);
      throw new Error(`${(error as Error).message} The command ${command.join(' ')} in ${this.name} said: ${said}`, {
        cause: error,
      });
    }
  }

  async stop(): Promise<void> {
    await this.#container.stop({ t: 5 }).catch(ignoreGone);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#container.remove({ force: true, v: true }).catch(ignoreGone);
  }
}

function ignoreGone(error: { statusCode?: number }): void {
  // 304: it was stopped already; 404: it is gone; 409: it is being removed.
  if (![304, 404, 409].includes(error.statusCode ?? 0)) throw error;
}

function collector() {
  const chunks: Buffer[] = [];
  const sink = new PassThrough();
  sink.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { sink, text: () => Buffer.concat(chunks).toString() };
}
