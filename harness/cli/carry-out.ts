import { rmdir } from 'node:fs/promises';
import { cpus, freemem } from 'node:os';
import { join, resolve } from 'node:path';
import { machineClock } from '../clock/index.ts';
import { type Case, EnvironmentError, hasEngine, missingHere, runCases, Slots } from '../conformance/index.ts';
import { type ImagePrograms, imagePrograms, officialImages } from '../containers/index.ts';
import { HOST_CHOICE } from '../generations/index.ts';
import type { LedgerEvent } from '../ledger/index.ts';
import { lookAtThisMachine, SEARCH_PATH } from '../process/index.ts';
import { createProgress, isBelowRuns, makeRunDirectory, renderSummary, writeReports } from '../report/index.ts';
import { checkEngineSocket, createRunContext, defaultCacheDirectory, type RunContext } from '../world/index.ts';
import { clearStrays } from './clear-strays.ts';
import { left, reportSentence, whyEnded } from './ended.ts';
import { EXIT, type ExitCode, type Terminal } from './exit.ts';
import { exitCodeOf } from './exit-code.ts';
import { Interrupted, interruption, writeLast } from './interruption.ts';
import { keeper } from './keep.ts';
import { deadline } from './max-time.ts';
import { jobsWithin, openFilesLimit } from './open-files.ts';
import { outcomesInTime } from './outcomes-in-time.ts';
import { planRun, type RunPlan } from './plan.ts';
import { print } from './print.ts';
import { programFiles } from './program-files.ts';
import { startRecord } from './record.ts';
import { makeResults } from './results.ts';
import type { RunOptions } from './run-options.ts';
import { summaryOptions } from './summary-options.ts';
import type { Invocation } from './verb.ts';
import { packageRoot } from './version.ts';

/** Memory that one case of a real runner needs at the most, in bytes; what is measured is about half of it. */
const BYTES_PER_CASE = 100 * 2 ** 20;

/** More than these never have work for a processor at the same time, and each takes memory. */
const ENGINES_PER_PROCESSOR = 5;

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
  const { options, driver, profile, selected, expectations } = plan;
  const { generation: generations = HOST_CHOICE } = options;
  const jobs = jobsWithin(openFilesLimit(), options.jobs ?? defaultJobs(driver.clock));
  await clearStrays(terminal);
  const directory = await makeRunDirectory(
    options.report ? { dir: resolve(terminal.cwd, options.report) } : { cwd: terminal.cwd },
  );
  await using up = new AsyncDisposableStack();
  // Who is interrupted before the first case finds no empty directory.
  if (isBelowRuns(directory)) up.defer(() => rmdir(directory).catch(() => {}));
  const stop = interruption(terminal);
  up.defer(() => stop.finished());
  const context = up.use(
    await createRunContext({
      cacheDir: defaultCacheDirectory(terminal.env),
      say: sayTo(terminal),
      signal: stop.signal,
      visible: programFiles(driver.identity.path),
      hidden: reportsOf(directory, terminal.cwd),
      generations,
      ...(options.images === 'official' ? { official: officialImages(driver.helperVersion) } : {}),
      ...(driver.helperProgram === undefined ? {} : { helperProgram: driver.helperProgram }),
    }).catch((error: Error) => {
      throw new EnvironmentError(error.message, { cause: error });
    }),
  );
  await prepareImages(selected, context, options.images);
  // Where it cannot be had, the cases that need it are skipped, and say why.
  if (selected.some(hasSquid)) await context.squid().catch(() => {});
  stop.signal.throwIfAborted();
  const record = startRecord(directory, (error) => stop.abort(error));
  const progress = createProgress(terminal.stdout, selected.length);
  const keep = options.keep ? up.use(keeper(terminal)) : undefined;
  const startedAt = new Date();
  using time = deadline(options.maxTime);
  const signal = AbortSignal.any([stop.signal, time.signal]);
  const outcomes = await outcomesInTime({ selected, progress, late: stop.late }, (observer) =>
    runCases({
      cases: selected,
      driver,
      run: context,
      sink: record.sink,
      expectations,
      jobs,
      // They wait for half of their time, for services and for pauses between two tries.
      engines: new Slots(cpus().length + 1, {
        most: ENGINES_PER_PROCESSOR * cpus().length,
        look: lookAtThisMachine(),
        clock: machineClock,
      }),
      starting: driver.clock === 'simulated' ? 64 : cpus().length + 1,
      signal,
      observer,
      ...(keep ? { keep: keep.take } : {}),
    }),
  ).finally(() => progress.stop());
  stop.stopped();
  const ended = whyEnded(signal);
  const events = await record.close();
  const results = await makeResults({
    driver,
    profile,
    outcomes,
    startedAt,
    strict: options.strict,
    // Of a run that was cut short nobody knows what the rest would have matched.
    unused: ended === undefined ? expectations.unused(plan.all) : [],
    command: await command(),
    generations,
    searchPath: await searchPath(context, selected),
    // Where it is the machine's own, that is found like all other programs.
    others: context.squidVersion === undefined ? {} : { squid: context.squidVersion },
    images: await imagesOf(context, events),
    ...(driver.helperIs === undefined || !selected.some(hasEngine) ? {} : { helper: helperOf(driver, options) }),
    ...(options.shard ? { shard: `${options.shard.index}/${options.shard.count}` } : {}),
    ...(ended === undefined ? {} : { notRun: { because: ended, cases: left(selected, outcomes) } }),
  });
  await writeReports(directory, results, events);
  const summary = renderSummary(results, events, summaryOptions(terminal, directory, options.verbose));
  const read = await writeLast(terminal.stdout, summary);
  if (stop.signal.reason instanceof Interrupted)
    throw new Interrupted(stop.signal.reason.by, reportSentence(directory));
  await keep?.untilInterrupted(stop.signal);
  const exit = exitCodeOf(results, terminal, args.length > 0 && !options.allowSkips);
  if (exit !== EXIT.ok || read === 'written') return exit;
  return read === 'closed' ? EXIT.SIGPIPE : EXIT.environment;
}

/** This run's report, and those of others, unless that is the directory in which everything happens. */
const reportsOf = (directory: string, cwd: string): string[] =>
  [directory, join(cwd, 'runs'), join(packageRoot(), 'runs')].filter((each) => !`${cwd}/`.startsWith(`${each}/`));

/** With the public images the helper is the one of its image. */
const helperOf = ({ helperIs = '', helperVersion }: RunPlan['driver'], { images }: RunOptions): string =>
  images === 'official' ? `gitlab-runner-helper ${helperVersion}, of the official image` : helperIs;

const sayTo =
  ({ stderr }: Terminal) =>
  (line: string): void =>
    print(stderr, `proxyproof: ${line}\n`);

/**
 * Makes the images before the first case, so that no case is judged for how long it waited for them. Where they cannot
 * be made, the cases that need them are skipped, and say why.
 * @throws EnvironmentError when public images were asked for and cannot be had, or no engine can have its socket
 */
async function prepareImages(selected: readonly Case[], context: RunContext, whose: 'own' | 'official'): Promise<void> {
  if (missingHere('docker') !== undefined || !selected.some(hasEngine)) return;
  try {
    checkEngineSocket(context.dir);
  } catch (error) {
    throw new EnvironmentError((error as Error).message, { cause: error });
  }
  await context.engine().catch(() => {});
  if (context.engineFailure !== undefined) return;
  await context.images().catch((error: Error) => {
    if (whose === 'official') throw new EnvironmentError(error.message, { cause: error });
  });
}

const hasSquid = (each: Case): boolean =>
  (each.scenario.needs?.(each) ?? []).some((need) => need === 'squid' || need === 'squid-openssl');

/** Where the programs of a run's engines were found. */
async function searchPath(context: RunContext, selected: readonly Case[]): Promise<string> {
  if (context.engineFailure !== undefined || !selected.some(hasEngine)) return SEARCH_PATH;
  return (await context.engine()).path;
}

/** The programs in those of our images that the ledger names. */
async function imagesOf(context: RunContext, events: readonly LedgerEvent[]): Promise<ImagePrograms> {
  const used = new Set(events.flatMap((event) => (event.kind === 'container' ? [event.image] : [])));
  if (used.size === 0 || context.imagesFailure !== undefined) return {};
  const { host, ...images } = await imagePrograms(await context.images(), used);
  if (!host) return images;
  // A machine in a container has the engine's Docker, whatever its image has.
  const { files, version } = await context.engine();
  return { ...images, host: files.size > 0 && version !== undefined ? { ...host, docker: version } : host };
}

/** Simulated cases use CPU time all along; real ones wait, and memory is what bounds them. */
function defaultJobs(clock: 'real' | 'simulated'): number {
  if (clock === 'simulated') return 6 * cpus().length;
  return Math.max(4, Math.min(500, Math.floor(freemem() / BYTES_PER_CASE)));
}
