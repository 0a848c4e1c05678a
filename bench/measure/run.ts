import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readResults } from '../../harness/report/index.ts';
import { type CommandRun, proxyproof } from './command.ts';

/** A whole run of the suite, and its results. */
export interface SuiteRun extends CommandRun {
  readonly results: Awaited<ReturnType<typeof readResults>>;
  /** How it went, for a note. */
  readonly note: string;
}

/**
 * Runs the whole suite.
 * @param limitMs after so many milliseconds it is ended
 * @throws Error when it leaves no results: it failed, or did not end in time
 */
export async function runSuite(args: readonly string[], limitMs: number): Promise<SuiteRun> {
  const report = await mkdtemp(join(tmpdir(), 'proxyproof-bench-'));
  try {
    const run = await proxyproof(['run', '--report', join(report, 'run'), ...args], limitMs);
    const results = await readResults(join(report, 'run')).catch((error: Error) => {
      throw new Error(`The run left no results (exit code ${run.exitCode}): ${run.stderr || error.message}`);
    });
    const { outcomes } = results;
    const counts = Object.entries(Object.groupBy(outcomes, ({ outcome }) => outcome));
    const said = counts.map(([outcome, all]) => `${all?.length ?? 0} ${outcome}`).join(', ');
    const note =
      `${outcomes.length} cases (${said}); the harness took ${run.cpuSeconds?.toFixed(1) ?? '?'} s of CPU time, ` +
      `its event loop was held up for ${run.loopDelayMs?.toFixed(0) ?? '?'} ms at the most`;
    return { ...run, results, note };
  } finally {
    await rm(report, { recursive: true, force: true });
  }
}
