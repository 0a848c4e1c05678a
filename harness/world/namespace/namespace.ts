import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { machineClock } from '../../clock/index.ts';
import { childrenOf, SEARCH_PATH } from '../../process/index.ts';
import { writeNamespaceFiles } from './files.ts';
import type { ListenAddress } from './holder.ts';
import { HOLDER, HOLDER_OPTIONS } from './holder-program.ts';
import { requestDatagrams, requestListeners, whenReady } from './listeners.ts';
import { makeView } from './make-view.ts';
import { ENTER, HOLD, type SetupArguments, setupArguments } from './setup.ts';
import { KINDS, type NamespaceTools, UNSHARE } from './tools.ts';
import { OPEN_VIEW, type View } from './view.ts';
import { Visitor } from './visitor.ts';

/** How long a namespace may take to come up, in real milliseconds; 40 are usual. */
const UP_LIMIT_MS = 10_000;
/** How long it may take to end by itself, in real milliseconds; 5 are usual. */
const DOWN_LIMIT_MS = 2000;

/** How a namespace is made. */
export interface NamespaceOptions {
  readonly tools: NamespaceTools;
  /** Where its private files go. */
  readonly dir: string;
  /** Name to address, for whoever is inside. */
  readonly hosts: ReadonlyMap<string, string>;
  /** Whether other names are asked for at 127.0.0.1:53, rather than unknown. */
  readonly asksNames?: boolean;
  /** What of the machine's files is hidden inside; nothing by default. */
  readonly view?: View;
  /** Variables by which its processes are known as the run's. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the holder's compiled code is, see `compileHolder`. */
  readonly cacheDir?: string;
}

/** A command line to be given to `spawn`. */
export interface CommandLine {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * Network, mount, process, IPC and UTS namespaces (namespaces(7)): no way out, names of its own, the machine's sockets
 * hidden, and everything in it ends with it, which happens at the latest when this process ends, however that comes about.
 */
export class Namespace implements AsyncDisposable {
  readonly #options: NamespaceOptions;
  readonly #holder: ChildProcess;
  readonly #ended: Promise<unknown>;
  #sealed = false;
  #pid = 0;
  #visitor: Promise<Visitor> | undefined;

  private constructor(options: NamespaceOptions, view: SetupArguments) {
    this.#options = options;
    const { tools } = options;
    const setup = setupArguments(view, this.#program('hold'));
    this.#holder = spawn(tools.unshare, [...UNSHARE, '--', tools.sh, ...setup], this.#spawnOptions());
    this.#ended = once(this.#holder, 'exit').catch(() => {});
    // The holder's end is told by whatever waits for it; a broken pipe to it says nothing new.
    this.#holder.stdin?.on('error', () => {});
    this.#holder.on('error', () => {});
  }

  /** @throws Error that says what the system refused */
  static async open(options: NamespaceOptions): Promise<Namespace> {
    await writeNamespaceFiles(options.dir, options.hosts, options.asksNames);
    const namespace = new Namespace(options, await makeView(options.dir, options.view ?? OPEN_VIEW));
    try {
      const late = (): Error => new Error(`it was not up after ${UP_LIMIT_MS} ms`);
      await machineClock.within(UP_LIMIT_MS, late, whenReady(namespace.#holder));
      namespace.#pid = childrenOf(namespace.#holder.pid ?? 0)[0] ?? 0;
      if (namespace.#pid === 0) throw new Error('its first process cannot be found in /proc');
      return namespace;
    } catch (error) {
      await namespace[Symbol.asyncDispose]();
      throw new Error(`A namespace for the subject could not be made: ${(error as Error).message}.`, { cause: error });
    }
  }

  /** The first process's id, outside. */
  get pid(): number {
    return this.#pid;
  }

  /** A command that opens a shell inside. */
  get shell(): string {
    return [this.#options.tools.nsenter, ...this.#target(), this.#options.tools.sh].join(' ');
  }

  /**
   * Opens listeners inside; they live in this process, and close as any server does. One call at a time.
   * @throws Error when an address is taken or the namespace is gone
   */
  async listen(...addresses: ListenAddress[]): Promise<Server[]> {
    let visitor: ChildProcess | undefined;
    try {
      if (this.#sealed) visitor = await this.#visit();
      const late = (): Error => new Error(`there was no answer within ${UP_LIMIT_MS} ms`);
      return await machineClock.within(UP_LIMIT_MS, late, requestListeners(visitor ?? this.#holder, addresses));
    } catch (error) {
      const where = addresses.map(({ host, port }) => `${host}:${port}`).join(', ');
      throw new Error(`Cannot listen on ${where} in the subject's namespace: ${(error as Error).message}.`, {
        cause: error,
      });
    } finally {
      if (visitor?.connected) visitor.disconnect();
    }
  }

  /**
   * Takes datagrams inside, before the namespace is sealed; the socket lives in this process.
   * @throws Error when the address is taken or the namespace is gone
   */
  async bind(address: ListenAddress): Promise<DatagramSocket> {
    const late = (): Error => new Error(`there was no answer within ${UP_LIMIT_MS} ms`);
    return machineClock.within(UP_LIMIT_MS, late, requestDatagrams(this.#holder, address));
  }

  /**
   * Opens a connection inside, for whoever lives in this process.
   * @throws an error with the code that the system gives inside, such as ECONNREFUSED
   */
  async connect(host: string, port: number): Promise<Socket> {
    this.#visitor ??= this.#visit().then((program) => new Visitor(program));
    return (await this.#visitor).connect(host, port);
  }

  /** Makes the namespace small: from now on a listener costs a process that comes and goes. */
  seal(): void {
    this.#sealed = true;
    if (this.#holder.connected) this.#holder.disconnect();
  }

  /**
   * The command line that runs a program inside; the system's names for it are those of `spawn`, except that
   * descriptor 3 must be a pipe, on which a line comes when the program's process is there.
   */
  enter(cwd: string, file: string, args: readonly string[]): CommandLine {
    const { nsenter, sh } = this.#options.tools;
    return { file: nsenter, args: [...this.#target(), sh, '-c', ENTER, sh, cwd, file, ...args] };
  }

  /** Ends everything inside. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#holder.pid === undefined) return;
    this.seal();
    await this.#visitor?.then(
      (visitor) => visitor[Symbol.dispose](),
      () => {},
    );
    this.#holder.stdin?.destroy();
    await machineClock.within(DOWN_LIMIT_MS, 'the end of the namespace', this.#ended).catch(() => {
      this.#holder.kill('SIGKILL');
      return this.#ended;
    });
  }

  #target(kinds: readonly string[] = KINDS): string[] {
    return ['--target', String(this.#pid), ...kinds, '--'];
  }

  async #visit(): Promise<ChildProcess> {
    const { nsenter } = this.#options.tools;
    // It enters the network alone: who is inside can neither see it nor get at the files that it has.
    const program = spawn(nsenter, [...this.#target(['--net']), ...this.#program('visit')], this.#spawnOptions());
    program.on('error', () => {});
    program.stdin?.destroy();
    const late = (): Error => {
      program.kill('SIGKILL');
      return new Error(`a program that visits it was not there after ${UP_LIMIT_MS} ms`);
    };
    await machineClock.within(UP_LIMIT_MS, late, whenReady(program));
    return program;
  }

  #program(task: 'hold' | 'visit'): string[] {
    return [process.execPath, ...HOLDER_OPTIONS, HOLDER, task, this.#options.tools.sh, HOLD];
  }

  #spawnOptions(): SpawnOptions {
    const { env, cacheDir } = this.#options;
    return {
      stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
      // A session of its own: an interrupt from the terminal is for the harness, which then takes this down in order.
      detached: true,
      cwd: '/',
      env: { PATH: SEARCH_PATH, LANG: 'C.UTF-8', ...env, ...(cacheDir ? { NODE_COMPILE_CACHE: cacheDir } : {}) },
    };
  }
}
