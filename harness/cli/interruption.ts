import type { Terminal } from './exit.ts';

/** The run was told to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

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
  const handle = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      terminal.stderr.write(
        `proxyproof: ${signal} again: ended at once. What is left goes with the next run, or with proxyproof clean.\n`,
      );
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }
    terminal.stderr.write(`\nproxyproof: ${signal}: stopping subjects and peers and removing temporary files …\n`);
    setTimeout(() => {
      terminal.stderr.write(
        'proxyproof: not everything stopped within 5 s. The rest goes with the next run, or with proxyproof clean.\n',
      );
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }, TEARDOWN_LIMIT_MS).unref();
    controller.abort(
      new Interrupted(
        `The run was ended by ${signal} before it was complete. Everything it started is stopped; no report was written.`,
      ),
    );
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    finished: () => {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
    },
  };
}
