import { cpus, freemem, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Expectations, readExpectations, runCases } from '../conformance/index.ts';
import { fileSink } from '../ledger/index.ts';
import {
  createProgress,
  makeRunDirectory,
  ReportError,
  readLedger,
  renderSummary,
  writeReports,
} from '../report/index.ts';
import { resolveSubject } from '../runner/index.ts';
import { createRunContext, removeStrays } from '../world/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { exitCodeOf } from './exit-code.ts';
import { interruption } from './interruption.ts';
import { keeper } from './keep.ts';
import { makeResults } from './results.ts';
import { parseRunOptions } from './run-options.ts';
import { scenariosFor } from './scenarios.ts';
import { selectCases } from './select.ts';
import { summaryOptions } from './summary-options.ts';
import type { Invocation } from './verbs.ts';

/** Memory that one case of a real runner needs at the most, in bytes; what is measured is about half of it. */
const BYTES_PER_CASE = 100 * 2 ** 20;

/** `proxyproof run`. */
export async function run(invocation: Invocation): Promise<ExitCode> {
  const { args: globs, options: given, terminal } = invocation;
  const options = parseRunOptions(given);
  const scenarios = await scenariosFor(invocation);
  const driver = await resolveSubject(options.runner, {
    cacheDir: join(terminal.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'proxyproof'),
    env: terminal.env,
    ...(options.profile ? { profile: options.profile } : {}),
  });
  const profile = options.profile ?? driver.profile;
  const { all, selected } = selectCases(scenarios, profile, globs, options);
  const entries = options.expect ? await readExpectations(resolve(terminal.cwd, options.expect)) : [];
  const expectations = new Expectations(entries, driver.identity, profile);
  if (options.dryRun) {
    for (const each of selected) terminal.stdout.write(`${each.level} ${each.id}\n`);
    terminal.stdout.write(
      `${selected.length} cases would run against ${driver.identity.path} under profile ${profile}.\n`,
    );
    return EXIT.ok;
  }
  for (const removed of await removeStrays())
    terminal.stderr.write(`proxyproof: removed what an earlier run left: ${removed}\n`);

  const directory = await makeRunDirectory(
    options.report ? { dir: resolve(terminal.cwd, options.report) } : { cwd: terminal.cwd },
  );
  const sink = fileSink(join(directory, 'ledger.ndjson'));
  const stop = interruption(terminal);
  sink.onFailure((error) =>
    stop.abort(
      new ReportError(
        `The ledger cannot be written to ${directory}: ${error.message}. Free space or name another --report.`,
      ),
    ),
  );
  const progress = createProgress(terminal.stdout, selected.length);
  const keep = options.keep ? keeper(terminal) : undefined;
  const startedAt = new Date();
  let outcomes: Awaited<ReturnType<typeof runCases>>;
  const context = await createRunContext();
  try {
    outcomes = await runCases({
      cases: selected,
      driver,
      run: context,
      sink,
      expectations,
      jobs: options.jobs ?? defaultJobs(driver.clock),
      starting: driver.clock === 'simulated' ? 64 : cpus().length + 1,
      signal: stop.signal,
      observer: progress,
      ...(keep ? { keep: keep.take } : {}),
    });
    progress.stop();
    await keep?.untilInterrupted(stop.signal);
  } finally {
    progress.stop();
    await keep?.[Symbol.asyncDispose]();
    await context[Symbol.asyncDispose]();
    stop.finished();
  }
  if (stop.signal.aborted && !options.keep) {
    await sink.close().catch(() => {});
    throw stop.signal.reason;
  }
  await sink.close();
  const results = await makeResults({
    driver,
    profile,
    outcomes,
    startedAt,
    strict: options.strict,
    unused: expectations.unused(all),
    command: ['./proxyproof', 'run', ...globs],
    ...(options.shard ? { shard: `${options.shard.index}/${options.shard.count}` } : {}),
  });
  const events = await readLedger(directory);
  await writeReports(directory, results, events);
  terminal.stdout.write(renderSummary(results, events, summaryOptions(terminal, directory)));
  return exitCodeOf(results, terminal);
}

/** Simulated cases use CPU time all along; real ones wait, and memory is what bounds them. */
function defaultJobs(clock: 'real' | 'simulated'): number {
  if (clock === 'simulated') return 4 * cpus().length;
  return Math.max(4, Math.min(500, Math.floor(freemem() / BYTES_PER_CASE)));
}
