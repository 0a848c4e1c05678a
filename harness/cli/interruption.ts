import { EXIT, type ExitCode, type Terminal } from './exit.ts';
import { print } from './print.ts';

/** The run was told to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exit: ExitCode;
  readonly by: StopSignal;

  /** @param left what there is of the run, as a sentence */
  constructor(by: StopSignal, left = 'No report was written.') {
    super(`The run was ended by ${STOPPED_BY[by]} before it was complete. Everything it started is stopped. ${left}`);
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

/** Stands between a signal and the end of the run. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Ends the run for another reason. */
  abort(reason: Error): void;
  /** All that the run started is stopped: from here on there is time to write the report. */
  stopped(): void;
  /** Everything is taken down: signals mean what they usually do again. */
  finished(): void;
}

/** How long taking everything down may take after a signal, in milliseconds. */
const TEARDOWN_LIMIT_MS = 5000;

/**
 * Turns SIGINT, SIGTERM, SIGHUP (a closed terminal) and a closed output into the end of the run: subjects, peers and temporary
 * files go, and the user is told. A second signal, or a teardown that takes too long, ends the process at once; the next run or
 * `clean` removes the rest.
 */
export function interruption(terminal: Terminal): Interruption {
  const controller = new AbortController();
  let late: NodeJS.Timeout | undefined;
  const handle = (signal: StopSignal): void => {
    if (controller.signal.aborted) {
      if (signal === 'SIGPIPE') return;
      print(
        terminal.stderr,
        `proxyproof: ${signal} again: ended at once. What is left goes with the next run, or with proxyproof clean.\n`,
      );
      process.exit(EXIT[signal]);
    }
    const who = signal === 'SIGPIPE' ? 'nobody reads the output any more' : signal;
    print(terminal.stderr, `\nproxyproof: ${who}: stopping subjects and peers and removing temporary files …\n`);
    late = setTimeout(() => {
      print(
        terminal.stderr,
        'proxyproof: not everything stopped within 5 s. The rest goes with the next run, or with proxyproof clean.\n',
      );
      process.exit(EXIT[signal]);
    }, TEARDOWN_LIMIT_MS);
    controller.abort(new Interrupted(signal));
  };
  const closed = (error: NodeJS.ErrnoException): void => {
    if (isClosed(error)) handle('SIGPIPE');
  };
  for (const each of SIGNALS) process.on(each, handle);
  terminal.stdout.on?.('error', closed);
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    stopped: () => clearTimeout(late),
    finished: () => {
      clearTimeout(late);
      for (const each of SIGNALS) process.off(each, handle);
      terminal.stdout.off?.('error', closed);
    },
  };
}

/** Whether an output is closed: its reader ended, or its terminal is gone. */
export const isClosed = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'EPIPE' || code === 'EIO' || code === 'ERR_STREAM_DESTROYED';
