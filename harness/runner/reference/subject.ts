import type { CommandResult, RunnerConfig, RunningSubject, Subject, SubjectHost, SubjectIdentity } from '../subject.ts';
import { Activity } from './activity.ts';
import { ApiClient } from './api/client.ts';
import { type RunnerCommand, register, unregister, verify } from './api/runners.ts';
import type { Behaviour } from './behaviour.ts';
import { RetryingClient } from './http/retrying.ts';
import { Transport } from './http/transport.ts';
import { RunnerTrust } from './http/trust.ts';
import { type RunnerLog, runnerLog } from './log.ts';
import { RunningReference } from './running.ts';

/** A reference runner in a world. */
export class ReferenceSubject implements Subject {
  readonly identity: SubjectIdentity;
  readonly #host: SubjectHost;
  readonly #behaviour: Behaviour;
  readonly #log: RunnerLog;

  constructor(identity: SubjectIdentity, host: SubjectHost, behaviour: Behaviour) {
    this.identity = identity;
    this.#host = host;
    this.#behaviour = behaviour;
    this.#log = runnerLog(host, behaviour);
  }

  async run(config: RunnerConfig): Promise<RunningSubject> {
    const { transport, api } = this.#client(config);
    return new RunningReference({ host: this.#host, api, log: this.#log }, transport);
  }

  /** As `run`, one job at a time: without a configuration file the reference runner has nothing else to differ in. */
  runSingle(config: RunnerConfig): Promise<RunningSubject> {
    return this.run({ ...config, concurrent: 1 });
  }

  register(config: RunnerConfig, registrationToken: string): Promise<CommandResult> {
    return this.#command(config, (command) => register(command, registrationToken));
  }

  verify(config: RunnerConfig): Promise<CommandResult> {
    return this.#command(config, verify);
  }

  unregister(config: RunnerConfig): Promise<CommandResult> {
    return this.#command(config, unregister);
  }

  async #command(config: RunnerConfig, work: (command: RunnerCommand) => Promise<boolean>): Promise<CommandResult> {
    const { transport, api } = this.#client(config);
    await using _ = transport;
    const gone = this.#host.gone ?? new AbortController().signal;
    const signals = { stop: gone, kill: gone };
    try {
      const good = await Activity.run(this.#host.clock, (activity) =>
        work({ ...api.followed(this.#log), activity, signals }),
      );
      return { code: good ? 0 : 1, signal: null };
    } catch (error) {
      if (gone.aborted) return { code: null, signal: 'SIGKILL' };
      throw error;
    }
  }

  #client(config: RunnerConfig): { transport: Transport; api: ApiClient } {
    const { proxy, tls } = this.#behaviour;
    const env = proxy.variables(config.env, config.environment ?? []);
    const trust = new RunnerTrust(config, tls);
    const transport = new Transport(this.#host, proxy, env, trust);
    const client = new RetryingClient(transport, this.#behaviour, this.#log, config.env['TZ']);
    return { transport, api: new ApiClient(client, this.#behaviour, config, trust) };
  }
}
