import { join } from 'node:path';
import { type Case, EnvironmentError, hasEngine, missingHere, type Results, runCases } from '../conformance/index.ts';
import { type ImagePrograms, imagePrograms, officialImages } from '../containers/index.ts';
import { HOST_CHOICE } from '../generations/index.ts';
import type { LedgerEvent } from '../ledger/index.ts';
import { SEARCH_PATH } from '../process/index.ts';
import { type Progress, writeReports } from '../report/index.ts';
import { checkEngineSocket, createRunContext, defaultCacheDirectory, type RunContext } from '../world/index.ts';
import type { Capacity } from './capacity.ts';
import { completed } from './completed.ts';
import { left, whyEnded } from './ended.ts';
import type { Terminal } from './exit.ts';
import type { Interruption } from './interruption.ts';
import type { Keeper } from './keep.ts';
import { deadline } from './max-time.ts';
import { outcomesInTime } from './outcomes-in-time.ts';
import type { RunPlan } from './plan.ts';
import { print } from './print.ts';
import { programFiles } from './program-files.ts';
import { startRecord } from './record.ts';
import { makeResults } from './results.ts';
import type { RunOptions } from './run-options.ts';
import { packageRoot } from './version.ts';

/** What a run needs besides its plan. */
export interface Performance {
  /** Where its ledger and its reports go. */
  readonly directory: string;
  readonly stop: Interruption;
  readonly capacity: Capacity;
  readonly terminal: Terminal;
  /** The command line that makes it, as a report repeats it. */
  readonly command: string;
  /** Called when all is ready for the first case. */
  readonly begin: () => { readonly progress: Progress; readonly keep?: Keeper | undefined };
  /** What the worlds of the run share is taken down with it. */
  readonly up: AsyncDisposableStack;
}

/**
 * Runs the cases of a plan, and writes ledger and reports.
 * @throws EnvironmentError, ReportError, Interrupted before the first case
 */
export async function perform(
  plan: RunPlan,
  { directory, stop, capacity, terminal, command, begin, up }: Performance,
): Promise<{ readonly results: Results; readonly events: readonly LedgerEvent[] }> {
  const { options, driver, profile, selected, expectations } = plan;
  const { generation: generations = HOST_CHOICE } = options;
  const context = up.use(
    await createRunContext({
      cacheDir: defaultCacheDirectory(terminal.env),
      say: sayTo(terminal),
      signal: stop.signal,
      visible: [...programFiles(driver.identity.path), driver.helperProgram ?? []].flat(),
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
  const { progress, keep } = begin();
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
      ...capacity,
      signal,
      observer,
      ...(keep ? { keep: keep.take } : {}),
    }),
  ).finally(() => progress.stop());
  stop.stopped();
  const ended = whyEnded(signal);
  const events = await record.close();
  const found = await makeResults({
    driver,
    profile,
    outcomes,
    startedAt,
    strict: options.strict,
    command,
    generations,
    searchPath: await searchPath(context, selected),
    // Where it is the machine's own, that is found like all other programs.
    others: context.squidVersion === undefined ? {} : { squid: context.squidVersion },
    images: await imagesOf(context, events),
    ...(driver.helperIs === undefined || !selected.some(hasEngine) ? {} : { helper: helperOf(driver, options) }),
    ...(options.shard ? { shard: `${options.shard.index}/${options.shard.count}` } : {}),
    ...(ended === undefined ? {} : { notRun: { because: ended, cases: left(selected, outcomes) } }),
  });
  // Of a run that was cut short nobody knows what the rest would have matched.
  const results = completed(found, {
    cases: plan.all,
    expectations: ended === undefined ? expectations : undefined,
    reportUrl: options.reportUrl,
  });
  await writeReports(directory, results, events);
  return { results, events };
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
