import { resolve } from 'node:path';
import { expand, loadScenarios, type Results } from '../conformance/index.ts';
import { makeRunDirectory, merge as mergeRuns, renderSummary } from '../report/index.ts';
import { completed } from './completed.ts';
import type { ExitCode } from './exit.ts';
import { exitCodeOf } from './exit-code.ts';
import { MEASURED, REPORT, REPORT_URL, VERBOSE } from './options.ts';
import { ownScenarios } from './scenarios.ts';
import { summaryOptions } from './summary-options.ts';
import { tellCi } from './tell-ci.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = { report: REPORT, reportUrl: REPORT_URL, measured: MEASURED, verbose: VERBOSE } as const;

/** `proxyproof merge`. */
export const merge = verb({
  options,
  examples: ['merge shard-1 shard-2 --report merged'],
  act,
});

async function act({ args, options: given, terminal }: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const { report, reportUrl } = given;
  const where = report === undefined ? { cwd: terminal.cwd } : { dir: resolve(terminal.cwd, report) };
  const { dir, results, events } = await mergeRuns(
    args.map((each) => resolve(terminal.cwd, each)),
    () => makeRunDirectory(where),
    (joint) => whole(joint, reportUrl),
  );
  await tellCi(results, terminal);
  terminal.stdout.write(renderSummary(results, events, summaryOptions(terminal, dir, given)));
  return exitCodeOf(results, terminal);
}

/** Whether an entry of an expectations file fits in part shows only in all shards together. */
async function whole(results: Results, reportUrl: string | undefined): Promise<Results> {
  const isKnown = results.outcomes.some(({ expectation }) => expectation?.entry !== undefined);
  const cases = isKnown ? expand(await loadScenarios([ownScenarios()]), results.profile) : [];
  return completed(results, { cases, reportUrl });
}
