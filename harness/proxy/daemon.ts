import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { machineClock } from '../clock/index.ts';

/** How a real program that serves is started. */
export interface DaemonOptions {
  /** As sentences call it. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly account?: { readonly uid?: number; readonly gid?: number };
  /** The path of setpriv(1), by which it ends together with us, whatever ends us. */
  readonly setpriv: string | undefined;
  /** A line by which it says that it serves. */
  readonly serves: RegExp;
  /** A line by which it says that it never will. */
  readonly gaveUp: RegExp;
  /** How long it may take to serve, in real milliseconds. */
  readonly limitMs: number;
  /**
   * Told every line it writes.
   * @returns whether the line is worth telling when it fails
   */
  readonly heard: (line: string) => boolean;
}

/** A real program that serves, and its last words. */
export class Daemon implements AsyncDisposable {
  readonly #options: DaemonOptions;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #serving = Promise.withResolvers<void>();
  #last = '';

  private constructor(options: DaemonOptions) {
    const { name, file, args, cwd, env, account, setpriv } = options;
    this.#options = options;
    const [command, all] = setpriv ? [setpriv, ['--pdeathsig', 'KILL', file, ...args]] : [file, args];
    this.#child = spawn(command, all, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...account });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ended = promise;
    this.#child.once('exit', (code, signal) => {
      this.#serving.reject(new Error(`${name} ended (${signal ?? `exit code ${code}`}). ${this.#lastWords()}`));
      resolve();
    });
    this.#child.once('error', (error) => {
      this.#serving.reject(new Error(`${name} could not be started: ${error.message}.`));
      resolve();
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface(stream).on('line', (line) => this.#hear(line));
    }
  }

  /**
   * Starts it and waits until it says that it serves.
   * @throws Error with its own words when it does not
   */
  static async start(options: DaemonOptions): Promise<Daemon> {
    const daemon = new Daemon(options);
    const { name, limitMs } = options;
    const late = (): Error => new Error(`${name} did not serve within ${limitMs / 1000} s. ${daemon.#lastWords()}`);
    try {
      await machineClock.within(limitMs, late, daemon.#serving.promise);
      return daemon;
    } catch (error) {
      await daemon.kill();
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Ends it at once: there is nothing that it would have to keep. */
  async kill(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }

  #lastWords(): string {
    return `Its last words: ${this.#last}`;
  }

  #hear(line: string): void {
    const { serves, gaveUp, heard } = this.#options;
    if (serves.test(line)) this.#serving.resolve();
    const failed = gaveUp.test(line);
    if (heard(line) || failed) this.#last = `${this.#last} ${line}`.slice(-1000).trim();
    if (failed) this.#serving.reject(new Error(line));
  }
}
