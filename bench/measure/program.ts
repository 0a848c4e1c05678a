import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Memory } from '../programs/tasks.ts';

/** How long one task may take, in milliseconds. */
const LIMIT_MS = 60_000;

/** A program of the bench in a process of its own: a server to be measured, or what loads it. */
export class Program implements AsyncDisposable {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;

  /** @param name of the file below bench/programs, without its ending */
  constructor(name: string) {
    this.#name = name;
    this.#child = fork(fileURLToPath(new URL(`../programs/${name}.ts`, import.meta.url)), {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    });
    this.#child.on('message', (message) => this.#answered(message as Answer));
    this.#child.once('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`${name} ended by ${signal ?? `code ${code}`}`));
      this.#waiting.clear();
    });
  }

  /**
   * Has the program do one thing.
   * @throws Error when it fails, ends, or takes longer than a minute
   */
  async ask<T>(task: string, given: unknown = {}): Promise<T> {
    const id = ++this.#asked;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    const timer = setTimeout(
      () => answer.reject(new Error(`${this.#name} did not finish ${task} within ${LIMIT_MS / 1000} s`)),
      LIMIT_MS,
    );
    this.#child.send({ id, task, given });
    try {
      return (await answer.promise) as T;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** Seconds of CPU time it has taken so far. */
  cpuSeconds(): Promise<number> {
    return this.ask<number>('cpu');
  }

  /**
   * Its resident memory now; the peak counts from here.
   * @param collect collects garbage first
   */
  memory(collect: boolean): Promise<Memory> {
    return this.ask<Memory>('memory', { collect });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
  }

  #answered({ id, value, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(`${this.#name}: ${error}`));
  }
}
