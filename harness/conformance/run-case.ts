import { machineClock, realClock, simulatedClock } from '../clock/index.ts';
import { Evidence, Ledger, type LedgerSink, Secrets } from '../ledger/index.ts';
import type { ProfileName } from '../profile/index.ts';
import type { Driver } from '../runner/subject.ts';
import { maskedText } from '../url/index.ts';
import { createWorld, type RunContext, WaitError, type World } from '../world/index.ts';
import { AskedOfProfile } from './asked-of-profile.ts';
import type { Case } from './cases.ts';
import { judgeCase, judgeSoFar } from './judge-case.ts';
import type { Judged } from './judged.ts';
import type { Lateness } from './lateness/index.ts';
import { unmetNeed } from './needs.ts';
import type { Lacking } from './outcome.ts';
import { fileOf } from './source.ts';
import { takeDown } from './take-down.ts';
import { inCase, uncaughtSentence } from './uncaught.ts';

/** What runs a case besides the case itself. */
export interface CaseRun {
  readonly driver: Driver;
  readonly run: RunContext;
  readonly sink: LedgerSink;
  /** Ends the case early: the run was interrupted. */
  readonly signal: AbortSignal;
  /** Called once, when the subject's first request reached a peer or the case is over: the next case may start. */
  readonly settled: () => void;
  /** How late the harness and the machine are. */
  readonly lateness?: Lateness;
  /** Says what the case waits for, and until when (on the clock of the day), for a live display. */
  readonly waiting?: (what: string, until?: number) => void;
  /** Takes over the world of a case that did not pass, instead of taking it down. */
  readonly keep?: (world: World, judged: Judged) => void;
  /** Whether an error that comes after the end of the case still counts: the run goes on. */
  readonly counts?: () => boolean;
  /** Told how the case is judged now that such an error came. */
  readonly rejudged?: (judged: Judged) => void;
}

/** A case that was run: how it was judged and how long it took. */
export interface CaseResult extends Judged {
  readonly durationMs: number;
  readonly waitedMs: number;
  /** Of a skipped case. */
  readonly lacks?: Lacking;
  readonly isolation?: World['host']['isolation'];
  readonly isolationReason?: string;
  /** The proxy it was got with. */
  readonly proxy?: string;
  /** The profiles under which the same would have been recorded. */
  readonly profiles?: readonly ProfileName[];
}

/** Real milliseconds a case in simulated time may take beyond its work, and one in real time beyond the wait it declares. */
const LIMIT_MS = { simulated: 90_000, real: 480_000 };
/** How many times longer than alone the work of a case may take: a machine that does much else at once is no fault of it. */
const SLOWDOWN = 60;

/**
 * Runs one case from an empty machine to its verdict, and leaves nothing behind. Never throws for a broken case: whatever
 * goes wrong is recorded, and the ledger is all that is judged.
 */
export async function runCase(each: Case, options: CaseRun): Promise<CaseResult> {
  const { driver, run, sink, settled } = options;
  // Which Docker it is must be known by then; why there is none, the run itself knows.
  if (each.scenario.needs?.(each).includes('docker-23')) await run.engine().catch(() => {});
  const missing = unmetNeed(each, driver, run);
  if (missing) {
    settled();
    return { outcome: 'skip', ...missing, findings: [], evidence: [], durationMs: 0, waitedMs: 0 };
  }
  const ledger = new Ledger({
    case: each.id,
    clock: isSimulated(each, driver) ? simulatedClock() : realClock(),
    secrets: new Secrets(),
    sink,
  });
  const uncaught = new AbortController();
  let over = false;
  const take = (error: unknown): boolean => {
    if (over && !options.counts?.()) return false;
    ledger.record('harness', { kind: 'broken', during: 'act', why: uncaughtSentence(error, fileOf(each.scenario)) });
    if (over) options.rejudged?.(judgeCase(each, new Evidence([...ledger.events])));
    else uncaught.abort(UNCAUGHT);
    return true;
  };
  const result = await inCase(take, () =>
    toItsEnd(each, ledger, { ...options, signal: AbortSignal.any([options.signal, uncaught.signal]) }),
  );
  over = true;
  return result;
}

/** Why an act ends; what happened is recorded by then. */
const UNCAUGHT = new Error('An error was not caught.');

/** Containers live in real time, whoever starts them. */
const isSimulated = (each: Case, driver: Driver): boolean =>
  driver.clock === 'simulated' && !each.scenario.world(each).docker;

async function toItsEnd(each: Case, ledger: Ledger, options: CaseRun): Promise<CaseResult> {
  const { driver, lateness, settled, keep } = options;
  const began = performance.now();
  const unwatch = lateness?.watch(
    (late) => ledger.record('harness', { kind: 'late', ...late }),
    !isSimulated(each, driver),
  );
  const asked = new AskedOfProfile(each.profile);
  let world: World | undefined;
  try {
    world = await attempt('build', ledger, () => build(each, asked, ledger, options));
    if (world) await attempt('act', ledger, () => act(each, asked, world as World, options));
  } finally {
    settled();
    unwatch?.();
  }
  ledger.record('harness', { kind: 'case-end' });
  const circumstances = {
    durationMs: Math.round(performance.now() - began),
    waitedMs: Math.round(world?.clock.elapsed() ?? 0),
    ...(world ? { isolation: world.host.isolation } : {}),
    ...(world?.host.isolation === 'names' && options.run.isolationReason
      ? { isolationReason: options.run.isolationReason }
      : {}),
    ...(world?.hasProxy ? { proxy: world.proxy.product } : {}),
    ...(world ? { profiles: asked.goesFor() } : {}),
  };
  const kept = world && keep && isToKeep(judgeSoFar(each, new Evidence(ledger.events)));
  if (world && !kept) await attempt('teardown', ledger, () => takeDown(world));
  ledger.record('harness', { kind: 'case-closed', ...(kept ? { kept } : {}) });
  const judged = judgeCase(each, new Evidence([...ledger.events]));
  if (kept) keep(world as World, judged);
  return { ...judged, ...circumstances };
}

/** Whether somebody who wants to look at failures wants to look at this. */
const isToKeep = ({ outcome }: Judged): boolean => outcome !== 'pass' && outcome !== 'info';

/** Does a part of the case; what fails is recorded, and the case goes on to its end. */
async function attempt<T>(
  during: 'build' | 'act' | 'teardown',
  ledger: Ledger,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error === UNCAUGHT) return undefined;
    const why = error instanceof Error ? error.message : String(error);
    if (during === 'act' && error instanceof WaitError) {
      const { awaited, limitMs } = error;
      ledger.record('harness', { kind: 'gave-up', awaited, limitMs, says: why.replace(/\.$/, '') });
    } else ledger.record('harness', { kind: 'broken', during, why: maskedText(why) });
    return undefined;
  }
}

async function build(
  each: Case,
  asked: AskedOfProfile,
  ledger: Ledger,
  { driver, run, waiting }: CaseRun,
): Promise<World> {
  return createWorld({
    spec: each.scenario.world(asked.context(each)),
    case: each.id,
    axes: each.axes,
    profile: each.profile,
    clock: ledger.clock,
    ledger,
    run,
    inProcess: driver.clock === 'simulated',
    ...(waiting ? { waiting } : {}),
  });
}

/** Runs the scenario's `act`, until its end, its limit, or the end of the run. */
async function act(
  each: Case,
  asked: AskedOfProfile,
  world: World,
  { driver, signal, settled }: CaseRun,
): Promise<void> {
  const limitMs =
    world.clock.kind === 'simulated'
      ? LIMIT_MS.simulated + SLOWDOWN * (each.scenario.work ?? 0)
      : LIMIT_MS.real + 1.2 * (each.scenario.waits?.(each) ?? 0);
  const unwatch = watchFirstRequest(world, settled);
  try {
    const subject = driver.subject(world.host);
    await machineClock.within(
      limitMs,
      () => overLimit(limitMs),
      each.scenario.act(asked.tellOn({ world, subject, driver, axes: each.axes })),
      { signal },
    );
  } finally {
    unwatch();
  }
}

const overLimit = (limitMs: number): Error =>
  new Error(
    `The case did not end within ${Math.round(limitMs / 1000)} s. The scenario waits for something without a limit, or the machine is overloaded; run it alone to tell.`,
  );

/** How long a subject may take to its first request before other cases start all the same, in real milliseconds. */
const SETTLED_AFTER_MS = 10_000;

function watchFirstRequest(world: World, settled: () => void): () => void {
  const timer = setTimeout(settled, SETTLED_AFTER_MS);
  const stop = world.ledger.watch((event) => {
    if (event.kind !== 'request' && event.kind !== 'tripwire') return;
    stop();
    settled();
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
