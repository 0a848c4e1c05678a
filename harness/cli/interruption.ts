import { EXIT, type ExitCode, type Terminal } from './exit.ts';
import { print } from './print.ts';

/** The run was told to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exit: ExitCode;

  constructor(signal: StopSignal) {
    super(
      `The run was ended by ${signal} before it was complete. Everything it started is stopped; no report was written.`,
    );
    this.exit = EXIT[signal];
  }
}

type StopSignal = 'SIGINT' | 'SIGTERM';

/** Stands between a signal and the end of the run. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Ends the run for another reason. */
  abort(reason: Error): void;
  /** Everything is taken down: signals mean what they usually do again. */
  finished(): void;
}

/** How long taking everything down may take after a signal, in milliseconds. */
const TEARDOWN_LIMIT_MS = 5000;

/**
 * Turns SIGINT and SIGTERM into the end of the run: subjects, peers and temporary files go, and the user is told. A
 * second signal, or a teardown that takes too long, ends the process at once; the next run or `clean` removes the rest.
 */
export function interruption(terminal: Terminal): Interruption {
  const controller = new AbortController();
  let late: NodeJS.Timeout | undefined;
  const handle = (signal: StopSignal): void => {
    if (controller.signal.aborted) {
      print(
        terminal.stderr,
        `proxyproof: ${signal} again: ended at once. What is left goes with the next run, or with proxyproof clean.\n`,
      );
      process.exit(EXIT[signal]);
    }
    print(terminal.stderr, `\nproxyproof: ${signal}: stopping subjects and peers and removing temporary files …\n`);
    late = setTimeout(() => {
      print(
        terminal.stderr,
        'proxyproof: not everything stopped within 5 s. The rest goes with the next run, or with proxyproof clean.\n',
      );
      process.exit(EXIT[signal]);
    }, TEARDOWN_LIMIT_MS);
    controller.abort(new Interrupted(signal));
  };
  const signals: readonly StopSignal[] = ['SIGINT', 'SIGTERM'];
  for (const each of signals) process.on(each, handle);
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    finished: () => {
      clearTimeout(late);
      for (const each of signals) process.off(each, handle);
    },
  };
}
