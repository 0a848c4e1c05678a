import type { Clock } from '../clock/index.ts';
import { Evidence, type Ledger } from '../ledger/index.ts';
import { WaitError } from './wait-error.ts';

/** Told what a case waits for, and until when at the latest, on the clock of the day. */
export type WaitingObserver = (what: string, until?: number) => void;

type Look<T> = (evidence: Evidence) => T | undefined | false;

/** The waiting that a scenario does: for the record to show something, or for time to pass. */
export class Waits {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #waiting: WaitingObserver | undefined;
  readonly #over = new AbortController();
  #seen: Evidence | undefined;

  constructor(ledger: Ledger, clock: Clock, waiting?: WaitingObserver) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#waiting = waiting;
  }

  /** What has been recorded so far. */
  get evidence(): Evidence {
    const { events } = this.#ledger;
    if (this.#seen?.events.length !== events.length) this.#seen = new Evidence([...events]);
    return this.#seen;
  }

  async until<T>(what: string, found: Look<T>, limitMs: number): Promise<T> {
    const result = await this.waitFor(what, found, limitMs);
    if (result !== undefined) return result;
    throw new WaitError(what, limitMs, describe(this.evidence));
  }

  async waitFor<T>(what: string, found: Look<T>, limitMs: number): Promise<T | undefined> {
    const shown = Promise.withResolvers<T>();
    let looking: NodeJS.Immediate | undefined;
    const look = (): void => {
      looking = undefined;
      try {
        const result = found(this.evidence);
        if (result !== undefined && result !== false) shown.resolve(result);
      } catch (error) {
        shown.reject(error);
      }
    };
    // Many events may come in one turn; one look at its end sees them all.
    const unwatch = this.#ledger.onNew(() => {
      looking ??= setImmediate(look);
    });
    this.#waiting?.(what, this.#clock.now() + limitMs);
    try {
      // What is there already is found even when nothing more can come.
      const there = found(this.evidence);
      if (there !== undefined && there !== false) return there;
      return await this.#clock.within(limitMs, () => new OverLimit(), shown.promise, { signal: this.#over.signal });
    } catch (error) {
      if (error instanceof OverLimit) this.#ledger.record('harness', { kind: 'waited', what, limitMs });
      else if (!(error instanceof NothingMore)) throw error;
      return undefined;
    } finally {
      unwatch();
      clearImmediate(looking);
    }
  }

  /** Ends every wait under way and to come: nothing more can be seen. */
  end(): void {
    this.#over.abort(new NothingMore());
  }

  async watch(ms: number, why: string): Promise<void> {
    this.#waiting?.(why, this.#clock.now() + ms);
    const began = this.#clock.elapsed();
    await this.#clock.sleep(ms, this.#over.signal).catch(() => {});
    const watchedMs = Math.round(this.#clock.elapsed() - began);
    this.#ledger.record('harness', { kind: 'act', what: `watched for ${watchedMs / 1000} s: ${why}`, watchedMs });
  }
}

/** Nothing came in time. */
class OverLimit extends Error {}

/** Nothing can come any more. */
class NothingMore extends Error {}

function describe(evidence: Evidence): string {
  // Not that we waited: that is said already.
  const seen = evidence.events.filter(({ kind }) => kind !== 'waited');
  const last = seen.at(-1);
  if (!last) return 'nothing was recorded';
  const seconds = (last.t / 1000).toFixed(1);
  return `the last of ${seen.length} events was a ${last.kind} of ${last.peer} after ${seconds} s`;
}
