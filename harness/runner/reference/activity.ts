import type { Clock, Release } from '../../clock/index.ts';

/**
 * One thread of the runner's doings. While it does something real, simulated time stands still; while it sleeps or
 * waits for another activity, time may pass. It has exactly one hold, so a peer's `withhold` always outweighs it.
 */
export class Activity {
  readonly clock: Clock;
  #release: Release;

  private constructor(clock: Clock) {
    this.clock = clock;
    this.#release = clock.hold();
  }

  /** Runs something as an activity of its own; the hold is taken at once and given back however it ends. */
  static async run<T>(clock: Clock, work: (activity: Activity) => Promise<T>): Promise<T> {
    const activity = new Activity(clock);
    try {
      return await work(activity);
    } finally {
      activity.#release();
    }
  }

  /**
   * Sleeps on the clock.
   * @param ms milliseconds
   * @throws the signal's reason, when it aborts
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.rest(() => this.clock.sleep(ms, signal));
  }

  /** Waits for something that is not this activity's own doing. */
  async rest<T>(wait: () => Promise<T>): Promise<T> {
    const waited = wait();
    this.#release();
    try {
      return await waited;
    } finally {
      this.#release = this.clock.hold();
    }
  }
}
