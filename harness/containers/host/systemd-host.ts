import type { Ledger } from '../../ledger/index.ts';
import type { Engine, ExecResult, RunningContainer } from '../handle.ts';
import { Journal } from './journal.ts';
import { siteNetwork } from './network.ts';
import type { HostSpec } from './spec.ts';

/** How long systemd may take from the first process to a booted machine, in real milliseconds; 800 are usual. */
const BOOT_LIMIT_MS = 60_000;
/** Seconds that a machine's services get to end when it goes down; then it is cut off. */
const DOWN_LIMIT_S = 20;
/** How long one command may take, in real milliseconds, where nothing else is said. */
const COMMAND_LIMIT_MS = 60_000;
/** Lines of a command's output that are recorded. */
const RECORDED_LINES = 40;

/** Until systemd listens, its commands know nothing to ask. */
const BOOTED = 'until [ -S /run/systemd/private ]; do sleep 0.02; done; exec systemctl is-system-running --wait';

/**
 * A machine that has booted: a container with systemd as its first process, in a world's engine. The world's names are
 * known there, and the only way out is the engine's network. Disposing takes it away with all that its Docker made.
 */
export class SystemdHost implements AsyncDisposable {
  readonly container: RunningContainer;
  readonly #engine: Engine;
  readonly #ledger: Ledger;
  readonly #journal: Journal;

  private constructor(engine: Engine, ledger: Ledger, container: RunningContainer) {
    this.container = container;
    this.#engine = engine;
    this.#ledger = ledger;
    this.#journal = new Journal(engine.docker, engine.docker.getContainer(container.id), ledger);
  }

  /**
   * Boots a machine, and installs the runner on it. Its Docker is of the engine's generation.
   * @throws Error that says what did not start
   */
  static async boot(engine: Engine, ledger: Ledger, spec: HostSpec = {}): Promise<SystemdHost> {
    const { name = 'host', installation, files = {}, images = [] } = spec;
    const dataRoot = images.length > 0 ? await engine.lend(name, images) : ['/var/lib/docker'];
    const container = await engine.run({
      name,
      image: 'host',
      privileged: true,
      network: await siteNetwork(engine.docker),
      volumes: [...dataRoot, ...engine.ownPrograms, ...(installation?.volumes ?? [])],
      files,
      log: false,
    });
    const host = new SystemdHost(engine, ledger, container);
    try {
      await host.#booted();
      for (const [path, content] of Object.entries(installation?.programs ?? {}))
        await host.write(path, content, 0o755);
      // At boot its unit found no program.
      if (installation?.programs) await host.must('systemctl', 'start', 'gitlab-runner');
      return host;
    } catch (error) {
      await host[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Runs a command as root and records it, with what it says.
   * @param options.limitMs real milliseconds; 60,000 by default
   * @throws Error that names the command, when the limit has passed
   */
  async run(command: readonly string[], options: { readonly limitMs?: number } = {}): Promise<ExecResult> {
    const result = await this.container.exec(command, { limitMs: options.limitMs ?? COMMAND_LIMIT_MS });
    const line = command.join(' ');
    const end = result.code === 0 ? '' : ` (exit code ${result.code})`;
    this.#ledger.record('harness', { kind: 'act', what: `${this.container.name}# ${line}${end}` });
    for (const stream of ['stdout', 'stderr'] as const) {
      for (const each of result[stream].split('\n').filter(Boolean).slice(-RECORDED_LINES)) {
        this.#ledger.record('harness', {
          kind: 'log',
          process: `${this.container.name}# ${command[0]}`,
          stream,
          line: each,
        });
      }
    }
    return result;
  }

  /** Runs a command that must succeed. @throws Error with its last words when it does not */
  async must(...command: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(command);
    if (code === 0) return stdout;
    const said = (stderr || stdout).trim().split('\n').at(-1) || 'nothing';
    throw new Error(
      `The command ${command.join(' ')} failed on ${this.container.name} with exit code ${code}: ${said}`,
    );
  }

  /** Writes a file, and the directories that it lies in. @param mode 0644 by default */
  async write(path: string, content: string, mode = 0o644): Promise<void> {
    const command = ['install', '-D', '-m', mode.toString(8), '/dev/stdin', path];
    const { code, stderr } = await this.container.exec(command, { stdin: content });
    if (code !== 0) throw new Error(`Cannot write ${path} on ${this.container.name}: ${stderr.trim()}`);
    this.#ledger.record('harness', { kind: 'act', what: `${this.container.name}: wrote ${path}` });
  }

  /** The content of a file; undefined when it is not there. */
  async read(path: string): Promise<string | undefined> {
    const { code, stdout } = await this.container.exec(['cat', path]);
    return code === 0 ? stdout : undefined;
  }

  /**
   * docker0's address, by the page's command; undefined when there is no docker0.
   * Source: “Make CNTLM listen to the docker0 interface”.
   */
  async bridgeAddress(): Promise<string | undefined> {
    const { stdout } = await this.run(['ip', '-4', '-oneline', 'addr', 'show', 'dev', 'docker0']);
    return /\binet (\d+\.\d+\.\d+\.\d+)\//.exec(stdout)?.[1];
  }

  /** Takes the machine down and up again. @throws Error when it does not boot */
  async reboot(): Promise<void> {
    this.#ledger.record('harness', { kind: 'act', what: `${this.container.name}: reboots` });
    await this.#engine.docker.getContainer(this.container.id).restart({ t: DOWN_LIMIT_S });
    await this.#booted();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.container[Symbol.asyncDispose]();
  }

  async #booted(): Promise<void> {
    const { stdout } = await this.container.exec(['sh', '-c', BOOTED], { limitMs: BOOT_LIMIT_MS });
    await this.#journal.follow();
    const state = stdout.trim();
    this.#ledger.record('harness', { kind: 'act', what: `${this.container.name}: booted (${state})` });
    if (state === 'running' || state === 'degraded') return;
    throw new Error(`The machine ${this.container.name} did not boot: systemd says that it is ${state || 'gone'}.`);
  }
}
