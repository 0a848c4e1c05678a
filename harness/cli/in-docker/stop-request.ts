import { EXIT, type Terminal } from '../exit.ts';
import { Interrupted } from '../interruption.ts';
import { print } from '../print.ts';

type StopSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM';

/** How long the run inside may take to end after a signal, in milliseconds; it allows itself 5 s. */
const END_LIMIT_MS = 8000;

/** Stands between a signal and the end of a run that happens elsewhere. */
export class StopRequest implements Disposable {
  readonly #terminal: Pick<Terminal, 'stderr'>;
  readonly #given = Promise.withResolvers<never>();
  #passOn: ((signal: StopSignal) => void) | undefined;
  #late: NodeJS.Timeout | undefined;
  #first: StopSignal | undefined;

  constructor(terminal: Pick<Terminal, 'stderr'>) {
    this.#terminal = terminal;
    // Nobody may be waiting when it comes.
    this.#given.promise.catch(() => {});
    process.on('SIGHUP', this.#handle);
    process.on('SIGINT', this.#handle);
    process.on('SIGTERM', this.#handle);
  }

  /** Waits for something. @throws Interrupted when a signal comes first */
  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#given.promise]);
  }

  /** From now on the first signal is for somebody who ends by himself, and has a while to do so. */
  passOn(to: (signal: StopSignal) => void): void {
    this.#passOn = to;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#late);
    process.off('SIGHUP', this.#handle);
    process.off('SIGINT', this.#handle);
    process.off('SIGTERM', this.#handle);
  }

  #handle = (signal: StopSignal): void => {
    if (this.#first) {
      // The container ends with this process, which holds its input.
      print(this.#terminal.stderr, `proxyproof: ${signal} again: ended at once, and the container with it.\n`);
      process.exit(EXIT[signal]);
    }
    this.#first = signal;
    const giveUp = (): void => this.#given.reject(new Interrupted(signal));
    this.#passOn?.(signal);
    if (this.#passOn) this.#late = setTimeout(giveUp, END_LIMIT_MS);
    else giveUp();
  };
}
