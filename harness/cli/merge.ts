import { resolve } from 'node:path';
import { expand, type Results } from '../conformance/index.ts';
import { makeRunDirectory, merge as mergeRuns, renderSummary } from '../report/index.ts';
import { completed } from './completed.ts';
import type { ExitCode } from './exit.ts';
import { exitCodeOf } from './exit-code.ts';
import { MEASURED, REPORT, REPORT_URL, SCENARIOS, VERBOSE } from './options.ts';
import { scenariosFor } from './scenarios.ts';
import { summaryOptions } from './summary-options.ts';
import { tellCi } from './tell-ci.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = {
  report: REPORT,
  reportUrl: REPORT_URL,
  measured: MEASURED,
  verbose: VERBOSE,
  scenarios: SCENARIOS,
} as const;

/** `proxyproof merge`. */
export const merge = verb({
  options,
  examples: ['merge shard-1 shard-2 --report merged'],
  act,
});

async function act(invocation: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const { args, options: given, terminal } = invocation;
  const { report } = given;
  const where = report === undefined ? { cwd: terminal.cwd } : { dir: resolve(terminal.cwd, report) };
  const { dir, results, events } = await mergeRuns(
    args.map((each) => resolve(terminal.cwd, each)),
    () => makeRunDirectory(where),
    (joint) => whole(joint, invocation),
  );
  await tellCi(results, terminal);
  terminal.stdout.write(renderSummary(results, events, summaryOptions(terminal, dir, given)));
  return exitCodeOf(results, terminal);
}

/** Whether an entry of an expectations file fits in part shows only in all shards together. */
async function whole(results: Results, invocation: Invocation<OptionValues<typeof options>>): Promise<Results> {
  const isKnown = results.outcomes.some(({ expectation }) => expectation?.entry !== undefined);
  const cases = isKnown ? expand(await scenariosFor(invocation), results.profile) : [];
  return completed(results, { cases, reportUrl: invocation.options.reportUrl });
}
