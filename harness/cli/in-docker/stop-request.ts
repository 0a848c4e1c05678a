import { EXIT, type Terminal } from '../exit.ts';
import { Interrupted, isClosed, type StopSignal } from '../interruption.ts';
import { print } from '../print.ts';

/** How long the run inside may take to end after a signal, in milliseconds; it allows itself 35 s, its report included. */
const END_LIMIT_MS = 40_000;

/** Stands between a signal and the end of a run that happens elsewhere. */
export class StopRequest implements Disposable {
  readonly #terminal: Pick<Terminal, 'stdout' | 'stderr'>;
  readonly #given = Promise.withResolvers<never>();
  #passOn: ((signal: StopSignal) => void) | undefined;
  #late: NodeJS.Timeout | undefined;
  #first: StopSignal | undefined;

  constructor(terminal: Pick<Terminal, 'stdout' | 'stderr'>) {
    this.#terminal = terminal;
    // Nobody may be waiting when it comes.
    this.#given.promise.catch(() => {});
    process.on('SIGHUP', this.#handle);
    process.on('SIGINT', this.#handle);
    process.on('SIGTERM', this.#handle);
    terminal.stdout.on('error', this.#closed);
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
    this.#terminal.stdout.off('error', this.#closed);
  }

  #closed = (error: NodeJS.ErrnoException): void => {
    if (isClosed(error)) this.#handle('SIGPIPE');
  };

  #handle = (signal: StopSignal): void => {
    if (this.#first) {
      // A terminal that is closed says so more than once.
      if (signal === 'SIGPIPE' || signal === 'SIGHUP') return;
      // The container ends with this process, which holds its input.
      print(this.#terminal.stderr, `proxyproof: ${signal} again: ended at once, and the container with it.\n`);
      process.exit(EXIT[signal]);
    }
    this.#first = signal;
    process.exitCode = EXIT[signal];
    const giveUp = (): void => this.#given.reject(new Interrupted(signal));
    this.#passOn?.(signal === 'SIGPIPE' ? 'SIGTERM' : signal);
    if (this.#passOn) this.#late = setTimeout(giveUp, END_LIMIT_MS);
    else giveUp();
  };
}
