import type { Activity } from '../activity.ts';
import type { Behaviour } from '../behaviour.ts';
import type { RunnerLog } from '../log.ts';
import { TransportError } from './errors.ts';
import { type ApiCall, type HttpAnswer, statusLine } from './message.ts';
import type { Transport } from './transport.ts';

/** However little a policy counts, no call makes more requests than this. */
const MOST_REQUESTS = 100;

/** When a call ends early. */
export interface CallSignals {
  /** The runner is told to stop. */
  readonly stop: AbortSignal;
  /** The runner did not stop in time, and is killed. */
  readonly kill: AbortSignal;
}

/** Makes calls, each of as many requests as the behaviour's retry policy asks for. */
export class RetryingClient {
  readonly #transport: Transport;
  readonly #behaviour: Behaviour;
  readonly #log: RunnerLog;
  readonly #zone: string | undefined;
  readonly #memory = new Map<string, number>();

  /** @param zone `TZ` of the runner's own process, if it has one */
  constructor(transport: Transport, behaviour: Behaviour, log: RunnerLog, zone?: string) {
    this.#transport = transport;
    this.#behaviour = behaviour;
    this.#log = log;
    this.#zone = zone;
  }

  /**
   * @throws TransportError when no answer came, or the policy gives up with an error
   * @throws the signal's reason, when it aborts
   */
  async call(activity: Activity, call: ApiCall, signals: CallSignals): Promise<HttpAnswer> {
    const { retry, header, stopsWhileWaiting } = this.#behaviour;
    const ends = AbortSignal.any([signals.stop, signals.kill]);
    const wakes = stopsWhileWaiting ? ends : signals.kill;
    const held = retry.holds(call, activity.clock.now(), this.#memory);
    if (held > 0) await activity.sleep(held, ends);
    const before = retry.precedes(call);
    if (before) await this.#transport.send(before, ends).catch(() => ends.throwIfAborted());
    const answers: HttpAnswer[] = [];
    let tries = 0;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(retry.request(call, attempt), ends);
      answers.push(answer);
      const decision = retry.decide({
        kind: call.kind,
        call,
        answer,
        attempt,
        now: activity.clock.now(),
        zone: this.#zone,
        memory: this.#memory,
        header: (name) => header(answer.headers, name),
      });
      if (decision.do === 'use') return retry.result(answers);
      if (decision.counts !== false) tries++;
      const last = tries >= retry.tries || attempt >= MOST_REQUESTS;
      if (!last || retry.waitsAfterLast) {
        const duration = `${decision.ms / 1000}s`;
        this.#log('warning', 'Waiting before making the next call', { status: statusLine(answer), duration });
        await activity.sleep(decision.ms, wakes);
      }
      if (!last) continue;
      if (retry.givesUpWith === undefined) return retry.result(answers);
      throw new TransportError('rate-limit', retry.givesUpWith);
    }
  }

  async #once(call: ApiCall, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      return await this.#transport.send(call, signal);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      const { stage, code, status } = error;
      throw new TransportError(stage, `couldn't execute ${call.method} against ${call.url.href}: ${error.message}`, {
        cause: error,
        ...(code ? { code } : {}),
        ...(status === undefined ? {} : { status }),
      });
    }
  }
}
