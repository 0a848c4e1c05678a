import type { CommandResult, RunningSubject } from '../subject.ts';
import type { Transport } from './http/transport.ts';
import { type PollContext, PollLoop } from './poll-loop.ts';

/** How long a runner that has no job left may take to stop, and how long a job may take to end, in milliseconds. */
const STOP_LIMIT_MS = 30_000;
const JOB_LIMIT_MS = 60 * 60_000;

const OK: CommandResult = { code: 0, signal: null };
const CRASHED: CommandResult = { code: 1, signal: null };
const KILLED: CommandResult = { code: null, signal: 'SIGKILL' };

/** What ends a runner, as `LifeSignals` tells it. */
export interface LifeSwitch {
  readonly quit: AbortController;
  readonly halt: AbortController;
  readonly kill: AbortController;
}

/** A reference runner that polls. */
export class RunningReference implements RunningSubject {
  readonly ended: Promise<CommandResult>;
  readonly #context: Omit<PollContext, 'life'>;
  readonly #life: LifeSwitch;
  readonly #loop: PollLoop;
  #killed = false;

  constructor(context: Omit<PollContext, 'life'>, transport: Transport) {
    this.#context = context;
    this.#life = { quit: new AbortController(), halt: new AbortController(), kill: new AbortController() };
    const { quit, halt, kill } = this.#life;
    this.#loop = new PollLoop({ ...context, life: { quit: quit.signal, halt: halt.signal, kill: kill.signal } });
    this.ended = this.#run(transport);
    const { gone } = context.host;
    const end = (): void => this.#end();
    if (gone?.aborted) end();
    gone?.addEventListener('abort', end, { once: true });
    this.ended.finally(() => gone?.removeEventListener('abort', end));
  }

  async stop(how: 'graceful' | 'forced'): Promise<CommandResult> {
    const { quit, halt } = this.#life;
    const stopped = new Error('the runner was told to stop');
    quit.abort(stopped);
    if (how === 'forced') halt.abort(stopped);
    if (how === 'graceful' && this.#loop.busy) await this.#within(JOB_LIMIT_MS);
    if (await this.#within(STOP_LIMIT_MS)) return this.ended;
    this.#killed = true;
    halt.abort(stopped);
    this.#life.kill.abort(stopped);
    await this.ended;
    throw new Error(
      `The reference runner did not stop within ${STOP_LIMIT_MS / 1000} s of being told to (${how}), and was killed; ` +
        'see its log for what it was waiting for.',
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end();
    await this.ended;
  }

  #end(): void {
    const { quit, halt, kill } = this.#life;
    const reason = new Error('the world is taken down');
    for (const each of [quit, halt, kill]) each.abort(reason);
  }

  async #run(transport: Transport): Promise<CommandResult> {
    const { log } = this.#context;
    try {
      await this.#loop.run();
      return this.#killed ? KILLED : OK;
    } catch (error) {
      log('fatal', error instanceof Error ? (error.stack ?? error.message) : String(error));
      return CRASHED;
    } finally {
      await transport[Symbol.asyncDispose]();
    }
  }

  /** Whether it ended within a time on the clock. */
  #within(ms: number): Promise<boolean> {
    return this.#context.host.clock.within(ms, 'the end of the reference runner', this.ended).then(
      () => true,
      () => false,
    );
  }
}
