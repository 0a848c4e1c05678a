import { EXIT, type ExitCode, type Terminal } from './exit.ts';
import { print } from './print.ts';

/** The run was told to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exit: ExitCode;
  readonly by: StopSignal;

  /**
   * @param left what there is of it, as a sentence
   * @param what was ended
   */
  constructor(by: StopSignal, left = 'No report was written.', what = 'The run') {
    super(`${what} was ended by ${STOPPED_BY[by]} before it was complete. ${left}`);
    this.by = by;
    this.exit = EXIT[by];
  }
}

/** What ends a run; SIGPIPE stands for a reader of the output who went away. */
export type StopSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM' | 'SIGPIPE';

/** A sentence goes on: ended by … */
export const STOPPED_BY: Readonly<Record<StopSignal, string>> = {
  SIGHUP: 'SIGHUP',
  SIGINT: 'SIGINT',
  SIGTERM: 'SIGTERM',
  SIGPIPE: 'the reader of its output, who went away',
};

/** The signals that a process gets. */
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/** Stands between a signal and the end of what a verb does. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Ends it for another reason. */
  abort(reason: Error): void;
  /** Resolves when everything is being taken down for too long after a signal: what there is is to be reported now. */
  readonly late: Promise<void>;
  /** All that was started is stopped: from here on there is time to write the report. */
  stopped(): void;
  /** Everything is taken down: signals mean what they usually do again. */
  finished(): void;
}

/** What is ended, in the words of a verb. */
export interface Interruptible {
  readonly what: string;
  /** What happens after the signal. */
  readonly stopping: string;
  /** How long that may take, in milliseconds; when it takes longer than usual, the user is told that it goes on. */
  readonly limitMs: number;
  /** What there is of it then, as a sentence. */
  readonly left: string;
}

const RUN: Interruptible = {
  what: 'The run',
  stopping: 'stopping subjects and peers and removing temporary files',
  limitMs: 5000,
  left: 'Everything it started is stopped. No report was written.',
};

/** After how long the user is told that it still goes on, in milliseconds. */
const USUAL_MS = 5000;
/** How long the report of what ran may take after that, in milliseconds. */
const REPORT_LIMIT_MS = 30_000;

/**
 * Turns SIGINT, SIGTERM, SIGHUP (a closed terminal) and a closed output into the end of what a verb does: what it started and
 * its temporary files go, and the user is told. A second signal ends the process at once, as does taking too long; the next run
 * or `clean` removes the rest.
 */
export function interruption(terminal: Terminal, { what, stopping, limitMs, left }: Interruptible = RUN): Interruption {
  const controller = new AbortController();
  const late = Promise.withResolvers<void>();
  const timers: NodeJS.Timeout[] = [];
  const handle = (signal: StopSignal): void => {
    if (controller.signal.aborted) {
      // A terminal that is closed says so more than once: the kernel does, and then the shell.
      if (signal === 'SIGPIPE' || signal === 'SIGHUP') return;
      print(
        terminal.stderr,
        `proxyproof: ${signal} again: ended at once. The next run, or proxyproof clean, removes what is left.\n`,
      );
      process.exit(EXIT[signal]);
    }
    const who = signal === 'SIGPIPE' ? 'nobody reads the output any more' : signal;
    print(terminal.stderr, `\nproxyproof: ${who}: ${stopping} …\n`);
    const tooLate = (): void => {
      print(
        terminal.stderr,
        `proxyproof: not everything stopped within ${limitMs / 1000} s. The next run, or proxyproof clean, removes the rest.\n`,
      );
      late.resolve();
      timers.push(setTimeout(() => process.exit(EXIT[signal]), REPORT_LIMIT_MS));
    };
    const still = (): void => print(terminal.stderr, `proxyproof: still ${stopping} …\n`);
    if (limitMs > USUAL_MS) timers.push(setTimeout(still, USUAL_MS));
    timers.push(setTimeout(tooLate, limitMs));
    // Whatever ends the process from now on must not say that all went well.
    process.exitCode = EXIT[signal];
    controller.abort(new Interrupted(signal, left, what));
  };
  const closed = (error: NodeJS.ErrnoException): void => {
    if (isClosed(error)) handle('SIGPIPE');
  };
  for (const each of SIGNALS) process.on(each, handle);
  terminal.stdout.on('error', closed);
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    late: late.promise,
    stopped: () => clearTimers(),
    finished: () => {
      clearTimers();
      for (const each of SIGNALS) process.off(each, handle);
      terminal.stdout.off('error', closed);
    },
  };

  function clearTimers(): void {
    for (const each of timers) clearTimeout(each);
  }
}

/** Resolves when a signal is aborted, at once where it is already. */
export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Whether an output is closed: its reader ended, or its terminal is gone. */
export const isClosed = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'EPIPE' || code === 'EIO' || code === 'ERR_STREAM_DESTROYED';

/** Writes the last words. @returns what became of them: nobody reads them, or they cannot be written */
export function writeLast(stream: NodeJS.WriteStream, text: string): Promise<'written' | 'closed' | 'failed'> {
  return new Promise((resolve) => {
    stream.write(text, (error) => resolve(!error ? 'written' : isClosed(error) ? 'closed' : 'failed'));
  });
}
