import { resolve } from 'node:path';
import { expand, loadScenarios, type Results } from '../conformance/index.ts';
import { makeRunDirectory, merge as mergeRuns, renderSummary } from '../report/index.ts';
import type { ExitCode, Terminal } from './exit.ts';
import { exitCodeOf } from './exit-code.ts';
import { withLeftovers } from './leftovers.ts';
import { REPORT, VERBOSE } from './options.ts';
import { ownScenarios } from './scenarios.ts';
import { summaryOptions } from './summary-options.ts';
import { verb } from './verb.ts';

/** `proxyproof merge`. */
export const merge = verb({
  options: { report: REPORT, verbose: VERBOSE },
  examples: ['merge shard-1 shard-2 --report merged'],
  act: ({ args, options, terminal }) => mergeInto(options, args, terminal),
});

async function mergeInto(
  { report, verbose }: { readonly report?: string | undefined; readonly verbose: boolean },
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const where = report === undefined ? { cwd: terminal.cwd } : { dir: resolve(terminal.cwd, report) };
  const { dir, results, events } = await mergeRuns(
    args.map((each) => resolve(terminal.cwd, each)),
    () => makeRunDirectory(where),
    narrowed,
  );
  terminal.stdout.write(renderSummary(results, events, summaryOptions(terminal, dir, verbose)));
  return exitCodeOf(results, terminal);
}

/** Whether an entry of an expectations file fits in part shows only in all shards together. */
async function narrowed(results: Results): Promise<Results> {
  if (results.outcomes.every(({ expectation }) => expectation?.entry === undefined)) return results;
  return withLeftovers(results, expand(await loadScenarios([ownScenarios()]), results.profile));
}
