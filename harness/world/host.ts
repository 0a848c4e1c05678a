import { mkdir } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { basename, join } from 'node:path';
import type { Clock } from '../clock/index.ts';
import type { Ledger } from '../ledger/index.ts';
import {
  environmentOf,
  findProgram,
  killGroup,
  killProcesses,
  type ProcessEntry,
  readProcess,
  readProcesses,
} from '../process/index.ts';
import type { SubjectHost, SubjectProcess } from '../runner/subject.ts';
import { LogBudget } from './log-budget.ts';
import type { Namespace } from './namespace/index.ts';
import { recordOutput } from './record-output.ts';
import { startProcess } from './start-process.ts';
import { type Labels, subjectEnvironment } from './subject-environment.ts';

type SpawnOptions = NonNullable<Parameters<SubjectHost['spawn']>[2]>;

/** Where a subject lives, and what it needs for that. */
export interface HostOptions {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly isolation: SubjectHost['isolation'];
  /** Made with `home` and `tmp` in it. */
  readonly dir: string;
  /** The run's and the case's names, by which its processes are found. */
  readonly labels: Labels;
  /** Where programs are started; the machine's own namespaces without one. */
  readonly namespace: Namespace | undefined;
  readonly connect: (host: string, port: number) => Promise<Socket>;
  readonly resolve?: (host: string) => string;
}

/** A subject's host; disposing ends every program that was started on it, and what they started. */
export class Host implements SubjectHost, AsyncDisposable {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly isolation: SubjectHost['isolation'];
  readonly dir: string;
  readonly #options: HostOptions;
  readonly #budget = new LogBudget();
  readonly #running = new Set<SubjectProcess>();
  readonly #starting = new Set<Promise<SubjectProcess>>();
  readonly #gone = new AbortController();
  #started = 0;

  private constructor(options: HostOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.ledger = options.ledger;
    this.isolation = options.isolation;
    this.dir = options.dir;
  }

  static async create(options: HostOptions): Promise<Host> {
    await Promise.all(['home', 'tmp'].map((each) => mkdir(join(options.dir, each), { recursive: true })));
    return new Host(options);
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get enter(): string | undefined {
    return this.#options.namespace?.shell;
  }

  connect(host: string, port: number): Promise<Socket> {
    return this.#options.connect(host, port);
  }

  resolve(host: string): string {
    return this.#options.resolve?.(host) ?? host;
  }

  /**
   * Starts a program, as a subject's host does. It does not hold the clock: whoever waits for the program does, once,
   * so that a peer that keeps the program waiting on purpose can outweigh it.
   * @throws Error with code ENOENT when there is no such program
   */
  async spawn(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<SubjectProcess> {
    if (this.gone.aborted) throw new Error(`Cannot start ${command}: the world is being taken down.`);
    const cwd = options.cwd ?? this.dir;
    const env = subjectEnvironment(this.dir, this.#options.labels, options.env);
    const file = findProgram(command, { ...(env['PATH'] === undefined ? {} : { path: env['PATH'] }), cwd });
    if (!file) throw notFound(command, env['PATH']);
    const id = `${basename(command)}#${++this.#started}`;
    const { namespace } = this.#options;
    const starting = startProcess({ id, file, args, cwd, env, namespace });
    this.#starting.add(starting);
    const process = await starting.finally(() => this.#starting.delete(starting));
    this.ledger.record('subject', { kind: 'process-start', process: id, command: [command, ...args] });
    this.#follow(process, options.log ?? true);
    return process;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gone.abort(new Error('The world is taken down.'));
    await Promise.allSettled(this.#starting);
    const running = [...this.#running];
    // In a namespace the leader of the group is what entered it.
    for (const process of running) if (!killGroup(process.pid)) process.kill('SIGKILL');
    await this.#options.namespace?.[Symbol.asyncDispose]();
    await Promise.all(running.map((process) => process.exited));
    if (!this.#options.namespace && this.#started > 0) await this.#killEscaped();
  }

  #follow(process: SubjectProcess, log: boolean): void {
    this.#running.add(process);
    const { ledger } = this;
    const outputs = log
      ? (['stdout', 'stderr'] as const).map((name) =>
          recordOutput({ stream: process[name], name, process: process.id, ledger, budget: this.#budget }),
        )
      : [];
    void process.exited.then(({ code, signal }) => {
      this.#running.delete(process);
      const dropped = outputs.reduce((sum, bytes) => sum + bytes(), 0);
      if (dropped > 0) ledger.record('subject', { kind: 'flag', what: floodSentence(process.id, dropped) });
      ledger.record('subject', { kind: 'process-exit', process: process.id, code, signal });
    });
  }

  /** Ends what left its parent's session and runs on, where no namespace ends it. */
  async #killEscaped(): Promise<void> {
    const labels = Object.entries(this.#options.labels);
    const own = readProcess('self')?.startTime ?? 0;
    const find = (): ProcessEntry[] =>
      readProcesses().filter(({ pid, startTime }) => {
        // What is older than this process was not started by it.
        if (startTime < own) return false;
        const environment = environmentOf(pid);
        return labels.every(([name, value]) => environment.get(name) === value);
      });
    // Again until none is left, because what is killed last may have forked before.
    for (let escaped = find(); escaped.length > 0; escaped = find()) await killProcesses(escaped);
  }
}

const floodSentence = (process: string, bytes: number): string =>
  `${process} wrote ${bytes} bytes more than are recorded of a case's output; they were read and dropped`;

function notFound(command: string, path: string | undefined): Error {
  const where = command.includes('/') ? 'there is no such executable file' : `it is in no directory of PATH (${path})`;
  return Object.assign(new Error(`Cannot start ${command}: ${where}. Install it, or give its path.`), {
    code: 'ENOENT',
  });
}
