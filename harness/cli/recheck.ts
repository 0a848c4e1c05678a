import { join, resolve } from 'node:path';
import { type CaseOutcome, Expectations, expand, readExpectations } from '../conformance/index.ts';
import { makeRunDirectory, readRun, renderSummary, writeLedger, writeReports } from '../report/index.ts';
import { completed } from './completed.ts';
import type { ExitCode } from './exit.ts';
import { exitCodeOf } from './exit-code.ts';
import { judgeAgain } from './judge-again.ts';
import { EXPECT, MEASURED, REPORT_URL, SCENARIOS, STRICT, text, VERBOSE, WRITE_EXPECT } from './options.ts';
import { print } from './print.ts';
import { scenariosFor } from './scenarios.ts';
import { summaryOptions } from './summary-options.ts';
import { tellCi } from './tell-ci.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';
import { writeExpectations } from './write-expectations.ts';

const options = {
  report: text('<dir>', 'where the new report goes (default: RUN_DIR/recheck)', 'a directory'),
  strict: STRICT,
  verbose: VERBOSE,
  measured: MEASURED,
  expect: EXPECT,
  writeExpect: WRITE_EXPECT,
  reportUrl: REPORT_URL,
  scenarios: SCENARIOS,
} as const;

/** `proxyproof recheck`. */
export const recheck = verb({
  options,
  examples: ['recheck runs/latest', 'recheck runs/latest --write-expect known.yaml'],
  act,
});

async function act(invocation: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const { args, terminal } = invocation;
  const { strict, expect, writeExpect, report, reportUrl } = invocation.options;
  const source = resolve(terminal.cwd, args[0] ?? '');
  const { results: earlier, events } = await readRun(source);
  const scenarios = await scenariosFor(invocation);
  const entries = expect === undefined ? undefined : await readExpectations(resolve(terminal.cwd, expect));
  const expectations = entries && new Expectations(entries, earlier.subject, earlier.profile);
  const cases = expand(scenarios, earlier.profile);
  const judged = judgeAgain(earlier, events, { scenarios, strict, expectations });
  const results = completed(judged, { cases, expectations, reportUrl });
  const { outcomes } = results;
  const target = report === undefined ? join(source, 'recheck') : resolve(terminal.cwd, report);
  await makeRunDirectory({ dir: target });
  await writeLedger(target, events);
  await writeReports(target, results, events);
  await tellCi(results, terminal);
  terminal.stdout.write(renderSummary(results, events, summaryOptions(terminal, target, invocation.options)));
  const changed = outcomes.filter((each, index) => each.outcome !== earlier.outcomes[index]?.outcome);
  print(terminal.stdout, `${changed.length} of ${outcomes.length} cases are judged otherwise than before.\n`);
  for (const each of changed)
    print(terminal.stdout, `  ${each.id}: ${earlierOutcome(earlier.outcomes, each.id)} → ${each.outcome}\n`);
  if (writeExpect !== undefined) {
    await writeExpectations(writeExpect, results, cases, terminal);
  }
  return exitCodeOf(results, terminal);
}

const earlierOutcome = (outcomes: readonly CaseOutcome[], id: string): string =>
  outcomes.find((each) => each.id === id)?.outcome ?? 'absent';
