import { join, resolve } from 'node:path';
import type { Case, CaseOutcome } from '../conformance/index.ts';
import { Expectations, expand, judgeCase, readExpectations, totals, UsageError } from '../conformance/index.ts';
import { Evidence, type LedgerEvent } from '../ledger/index.ts';
import {
  makeRunDirectory,
  readLedger,
  readResults,
  renderSummary,
  writeLedger,
  writeReports,
} from '../report/index.ts';
import type { ExitCode } from './exit.ts';
import { exitCodeOf } from './exit-code.ts';
import { EXPECT, SCENARIOS, STRICT, text } from './options.ts';
import { scenariosFor } from './scenarios.ts';
import { summaryOptions } from './summary-options.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = {
  report: text('<dir>', 'where the new report goes (default: RUN_DIR/recheck)', 'a directory'),
  strict: STRICT,
  expect: EXPECT,
  scenarios: SCENARIOS,
} as const;

/** `proxyproof recheck`. */
export const recheck = verb({
  says: 'judges the ledger of an earlier run again, without a subject',
  arguments: { '<run-dir>': 'the directory of the run' },
  options,
  examples: ['recheck runs/latest'],
  act,
});

async function act(invocation: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const { args, terminal } = invocation;
  const { strict, expect, report } = invocation.options;
  const source = resolve(terminal.cwd, args[0] ?? '');
  const earlier = await readResults(source);
  const events = await readLedger(source);
  const scenarios = await scenariosFor(invocation);
  const cases = expand(scenarios, earlier.profile);
  const entries = expect === undefined ? undefined : await readExpectations(resolve(terminal.cwd, expect));
  const expectations = entries && new Expectations(entries, earlier.subject, earlier.profile);
  const byCase = Map.groupBy(events, (event) => event.case);
  const outcomes = earlier.outcomes.map((outcome) => again(outcome, cases, byCase.get(outcome.id) ?? [], expectations));
  const results = { ...earlier, outcomes, totals: totals(outcomes, strict) };
  const target = report === undefined ? join(source, 'recheck') : resolve(terminal.cwd, report);
  await makeRunDirectory({ dir: target });
  await writeLedger(target, events);
  await writeReports(target, results, events);
  terminal.stdout.write(renderSummary(results, events, summaryOptions(terminal, target)));
  const changed = outcomes.filter((each, index) => each.outcome !== earlier.outcomes[index]?.outcome);
  terminal.stdout.write(`${changed.length} of ${outcomes.length} cases are judged otherwise than before.\n`);
  for (const each of changed)
    terminal.stdout.write(`  ${each.id}: ${earlierOutcome(earlier.outcomes, each.id)} → ${each.outcome}\n`);
  return exitCodeOf(results, terminal);
}

/** Judges one case again from its stored events; what was skipped has no ledger, and stays what it was. */
function again(
  outcome: CaseOutcome,
  cases: readonly Case[],
  events: readonly LedgerEvent[],
  expectations: Expectations | undefined,
): CaseOutcome {
  if (outcome.outcome === 'skip') return outcome;
  const scenario = cases.find((each) => each.scenario.id === outcome.scenario)?.scenario;
  const found = scenario && cases.find((each) => each.scenario === scenario && sameAxes(each, outcome));
  if (!found) {
    throw new UsageError(
      `The run has a case ${outcome.id}, which these scenarios do not have. Use the version that made the run, or give --scenarios.`,
    );
  }
  const judged = judgeCase(found, new Evidence(events));
  const { expectation: _, ...rest } = outcome;
  const expectation = expectations ? expectations.for(found) : outcome.expectation;
  return {
    ...rest,
    outcome: judged.outcome,
    reason: judged.reason,
    findings: judged.findings,
    evidence: judged.evidence,
    expected: expectation?.outcome ?? 'pass',
    ...(expectation ? { expectation } : {}),
  };
}

const sameAxes = (each: Case, outcome: CaseOutcome): boolean =>
  Object.entries(each.axes).every(([name, value]) => outcome.axes[name] === value);

const earlierOutcome = (outcomes: readonly CaseOutcome[], id: string): string =>
  outcomes.find((each) => each.id === id)?.outcome ?? 'absent';
