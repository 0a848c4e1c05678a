import { resolve } from 'node:path';
import { totals } from '../conformance/totals.ts';
import { makeRunDirectory, mergeRuns, renderSummary, writeReports } from '../report/index.ts';
import type { ExitCode } from './exit.ts';
import { exitCodeOf } from './exit-code.ts';
import type { Invocation } from './verbs.ts';

/** `proxyproof merge`. */
export async function merge({ args, options, terminal }: Invocation): Promise<ExitCode> {
  const strict = options['strict'] === true;
  const merged = await mergeRuns(args.map((each) => resolve(terminal.cwd, each)));
  const results = { ...merged.results, totals: totals(merged.results.outcomes, strict) };
  const report = options['report'];
  const target = await makeRunDirectory(
    typeof report === 'string' ? { dir: resolve(terminal.cwd, report) } : { cwd: terminal.cwd },
  );
  await writeReports(target, results, merged.events);
  terminal.stdout.write(
    renderSummary(results, merged.events, {
      width: terminal.stdout.columns ?? 120,
      colour: terminal.stdout.isTTY === true && !terminal.env['NO_COLOR'],
      runDir: target,
      strict,
    }),
  );
  return exitCodeOf(results, strict, terminal);
}
