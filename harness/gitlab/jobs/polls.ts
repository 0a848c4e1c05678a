import type { ServerResponse } from 'node:http';
import type { Clock, Release } from '../../clock/index.ts';

/** A job request that is held. */
interface Poll {
  readonly deadline: number;
  readonly release: Release;
}

/**
 * The job requests that are held until there is a job or their time is over. All of them are held equally long, so the
 * first that came is the first to be answered, and one sleep on the clock serves all.
 */
export class Polls {
  readonly #polls = new Map<ServerResponse, Poll>();
  readonly #clock: Clock;
  readonly #holdMs: number;
  readonly #expire: (res: ServerResponse) => void;
  readonly #onClose: (this: ServerResponse) => void;
  #sleeping: AbortController | undefined;

  /**
   * @param holdMs how long to hold, in milliseconds on the clock
   * @param expire answers a request for which no job came
   */
  constructor(clock: Clock, holdMs: number, expire: (res: ServerResponse) => void) {
    this.#clock = clock;
    this.#holdMs = holdMs;
    this.#expire = expire;
    const letGo = (res: ServerResponse): void => this.#letGo(res);
    this.#onClose = function onClose(this: ServerResponse): void {
      letGo(this);
    };
  }

  get size(): number {
    return this.#polls.size;
  }

  hold(res: ServerResponse): void {
    if (res.closed) return;
    this.#polls.set(res, { deadline: this.#clock.elapsed() + this.#holdMs, release: this.#clock.withhold() });
    res.once('close', this.#onClose);
    if (!this.#sleeping) void this.#watchDeadlines();
  }

  /** Takes the request that has waited longest. */
  shift(): ServerResponse | undefined {
    const [first] = this.#polls.keys();
    if (first) this.#letGo(first);
    return first;
  }

  /** Answers all of them now, as if their time were over. */
  releaseAll(): void {
    for (let res = this.shift(); res; res = this.shift()) this.#expire(res);
  }

  #letGo(res: ServerResponse): void {
    const poll = this.#polls.get(res);
    if (!poll) return;
    this.#polls.delete(res);
    res.off('close', this.#onClose);
    poll.release();
    // A sleep that nobody needs would make simulated time pass for nothing.
    if (this.#polls.size === 0) this.#sleeping?.abort();
  }

  async #watchDeadlines(): Promise<void> {
    const sleeping = new AbortController();
    this.#sleeping = sleeping;
    try {
      for (let [first] = this.#polls; first; [first] = this.#polls) {
        const [res, { deadline }] = first;
        const left = deadline - this.#clock.elapsed();
        if (left > 0) await this.#clock.sleep(left, sleeping.signal);
        else {
          this.#letGo(res);
          this.#expire(res);
        }
      }
    } catch (error) {
      if (!sleeping.signal.aborted) throw error;
    } finally {
      if (this.#sleeping === sleeping) this.#sleeping = undefined;
    }
    // Requests that came while the aborted sleep was ending still need their deadline watched.
    if (this.#polls.size > 0 && !this.#sleeping) void this.#watchDeadlines();
  }
}
