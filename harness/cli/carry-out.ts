import { rmdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createProgress, isBelowRuns, makeRunDirectory, renderSummary } from '../report/index.ts';
import { capacityFor } from './capacity.ts';
import { clearStrays } from './clear-strays.ts';
import { reportSentence } from './ended.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { exitCodeOf } from './exit-code.ts';
import { Interrupted, interruption, writeLast } from './interruption.ts';
import { type Keeper, keeper } from './keep.ts';
import { perform } from './perform.ts';
import { planRun, type RunPlan } from './plan.ts';
import { print } from './print.ts';
import type { RunOptions } from './run-options.ts';
import { summaryOptions } from './summary-options.ts';
import { tellCi } from './tell-ci.ts';
import type { Invocation } from './verb.ts';
import { writeExpectations } from './write-expectations.ts';

/** Runs what the command line asks for on this machine, or says what would run. */
export async function carryOut(invocation: Invocation<RunOptions>): Promise<ExitCode> {
  const plan = await planRun(invocation);
  for (const note of plan.notes) print(invocation.terminal.stderr, `proxyproof: ${note}\n`);
  return plan.options.dryRun ? sayWhat(plan, invocation) : execute(plan, invocation);
}

function sayWhat({ selected, driver, profile }: RunPlan, { terminal }: Invocation<RunOptions>): ExitCode {
  for (const each of selected) print(terminal.stdout, `${each.level} ${each.id}\n`);
  const count = `${selected.length} ${selected.length === 1 ? 'case' : 'cases'}`;
  print(terminal.stdout, `${count} would run against ${driver.identity.path} under profile ${profile}.\n`);
  return EXIT.ok;
}

async function execute(plan: RunPlan, { args, terminal, command }: Invocation<RunOptions>): Promise<ExitCode> {
  const { options, driver, selected } = plan;
  const capacity = capacityFor(driver.clock, options.jobs);
  await clearStrays(terminal);
  const directory = await makeRunDirectory(
    options.report ? { dir: resolve(terminal.cwd, options.report) } : { cwd: terminal.cwd },
  );
  await using up = new AsyncDisposableStack();
  // Who is interrupted before the first case finds no empty directory.
  if (isBelowRuns(directory)) up.defer(() => rmdir(directory).catch(() => {}));
  const stop = interruption(terminal);
  up.defer(() => stop.finished());
  let keep: Keeper | undefined;
  const { results, events } = await perform(plan, {
    directory,
    stop,
    capacity,
    terminal,
    command: await command(),
    begin: () => {
      keep = options.keep ? up.use(keeper(terminal)) : undefined;
      return { progress: createProgress(terminal.stdout, selected.length, { everyCase: options.verbose }), keep };
    },
    up,
  });
  await tellCi(results, terminal);
  const summary = renderSummary(results, events, summaryOptions(terminal, directory, options));
  const read = await writeLast(terminal.stdout, summary);
  if (stop.signal.reason instanceof Interrupted)
    throw new Interrupted(stop.signal.reason.by, reportSentence(directory));
  if (options.writeExpect !== undefined) await writeExpectations(options.writeExpect, results, plan.all, terminal);
  await (keep as Keeper | undefined)?.untilInterrupted(stop.signal);
  const exit = exitCodeOf(results, terminal, args.length > 0 && !options.allowSkips);
  if (exit !== EXIT.ok || read === 'written') return exit;
  return read === 'closed' ? EXIT.SIGPIPE : EXIT.environment;
}
