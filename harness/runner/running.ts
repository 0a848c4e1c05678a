import type { CommandResult, RunningSubject, SubjectHost, SubjectProcess } from './subject.ts';

/** How a program is stopped, and how long that may take. Limits are in milliseconds. */
export interface StopRules {
  readonly graceful: NodeJS.Signals;
  readonly forced: NodeJS.Signals;
  readonly gracefulLimitMs: number;
  readonly forcedLimitMs: number;
  /** At the end of a case nobody measures the stop any more: after this long a second signal is sent, then SIGKILL. */
  readonly disposeLimitMs: number;
}

/** How long a killed program may take to be gone, in milliseconds. */
const KILLED_LIMIT_MS = 5_000;

/**
 * A long-running program as a running subject.
 * @param name names the program in error messages
 */
export function running(host: SubjectHost, process: SubjectProcess, name: string, rules: StopRules): RunningSubject {
  let over = false;
  const ended = process.exited.then((result): CommandResult => {
    over = true;
    return result;
  });

  const endsWithin = (ms: number): Promise<CommandResult | undefined> =>
    host.clock.within(ms, `the end of ${name}`, ended).catch(() => undefined);

  const kill = async (): Promise<void> => {
    process.kill('SIGKILL');
    await endsWithin(KILLED_LIMIT_MS);
  };

  return {
    ended,
    stop: async (how) => {
      if (over) return ended;
      const [signal, limit] =
        how === 'graceful' ? [rules.graceful, rules.gracefulLimitMs] : [rules.forced, rules.forcedLimitMs];
      process.kill(signal);
      const result = await endsWithin(limit);
      if (result) return result;
      await kill();
      throw new Error(
        `${name} was told to stop with ${signal} and was still there after ${limit / 1000} s, so it was killed. ` +
          'Its last log lines in the ledger say what it was waiting for.',
      );
    },
    [Symbol.asyncDispose]: async () => {
      for (const signal of [rules.forced, rules.forced]) {
        if (over) return;
        process.kill(signal);
        if (await endsWithin(rules.disposeLimitMs)) return;
      }
      await kill();
    },
  };
}

/**
 * Waits for a program that ends by itself.
 * @param limitMs on the host's clock
 * @throws Error when it is still there after the limit; it has been killed then
 */
export async function finished(
  host: SubjectHost,
  process: SubjectProcess,
  name: string,
  limitMs: number,
): Promise<CommandResult> {
  process.stdin.end();
  const late = (): Error => {
    process.kill('SIGKILL');
    return new Error(
      `${name} did not end within ${limitMs / 1000} s, so it was killed. Its log lines in the ledger say how far it got.`,
    );
  };
  const { code, signal } = await host.clock.within(limitMs, late, process.exited);
  return { code, signal };
}
