import { machineClock, realClock, simulatedClock } from '../clock/index.ts';
import { Evidence, type LedgerEvent, type LedgerSink } from '../ledger/index.ts';
import type { Driver } from '../runner/subject.ts';
import { createWorld, type RunContext, WaitError, type World } from '../world/index.ts';
import type { Case } from './cases.ts';
import type { Finding } from './finding.ts';
import { type Judged, judgeCase } from './judge-case.ts';
import { type Lateness, unlessLate } from './lateness.ts';
import { unmetNeed } from './needs.ts';

/** What runs a case besides the case itself. */
export interface CaseRun {
  readonly driver: Driver;
  readonly run: RunContext;
  readonly sink: LedgerSink;
  /** Ends the case early: the run was interrupted. */
  readonly signal: AbortSignal;
  /** Called once, when the subject's first request reached a peer or the case is over: the next case may start. */
  readonly settled: () => void;
  /** How late the harness itself was; only in real time. */
  readonly lateness?: Lateness;
  /** Says what the case waits for, and until when (on the clock of the day), for a live display. */
  readonly waiting?: (what: string, until?: number) => void;
  /** Takes over the world of a case that did not pass, instead of taking it down. */
  readonly keep?: (world: World, judged: Judged) => void;
}

/** A case that was run: how it was judged and how long it took. */
export interface CaseResult extends Judged {
  readonly durationMs: number;
  readonly waitedMs: number;
  readonly isolation?: World['host']['isolation'];
  /** The proxy it was got with. */
  readonly proxy?: string;
}

/** Real milliseconds a case in simulated time may take, and one in real time beyond the wait it declares. */
const LIMIT_MS = { simulated: 90_000, real: 480_000 };

/** Runs one case from an empty machine to its verdict, and leaves nothing behind. Never throws for a broken case. */
export async function runCase(each: Case, options: CaseRun): Promise<CaseResult> {
  const began = performance.now();
  const missing = unmetNeed(each, options.driver, options.run);
  if (missing) {
    options.settled();
    return { outcome: 'skip', reason: missing, findings: [], evidence: [], durationMs: 0, waitedMs: 0 };
  }
  const recorded: LedgerEvent[] = [];
  let judged: Judged;
  let world: World | undefined;
  try {
    world = await build(each, options);
    const unwatch = watchFirstRequest(world, options.settled);
    const trouble = await act(each, world, options);
    unwatch();
    world.ledger.record('harness', { kind: 'case-end' });
    recorded.push(...world.ledger.events);
    judged = unlessLate(judgeCase(each, new Evidence(recorded), trouble), options.lateness?.since(began) ?? 0);
  } catch (error) {
    recorded.push(...(world?.ledger.events ?? []));
    judged = harnessError(error, recorded);
  } finally {
    options.settled();
  }
  const circumstances = {
    durationMs: Math.round(performance.now() - began),
    waitedMs: Math.round(world?.clock.elapsed() ?? 0),
    ...(world ? { isolation: world.host.isolation } : {}),
    ...(world?.hasProxy ? { proxy: world.proxy.product } : {}),
  };
  if (world && options.keep && judged.outcome !== 'pass' && judged.outcome !== 'info') {
    options.keep(world, judged);
    return { ...judged, ...circumstances };
  }
  try {
    await world?.[Symbol.asyncDispose]();
  } catch (error) {
    return { ...harnessError(error, recorded), ...circumstances };
  }
  return { ...judged, ...circumstances };
}

async function build(each: Case, { driver, run, sink, waiting }: CaseRun): Promise<World> {
  const inProcess = driver.clock === 'simulated';
  const spec = each.scenario.world(each);
  return createWorld({
    spec,
    case: each.id,
    axes: each.axes,
    profile: each.profile,
    // Containers live in real time, whoever starts them.
    clock: inProcess && !spec.docker ? simulatedClock() : realClock(),
    sink,
    run,
    inProcess,
    ...(waiting ? { waiting } : {}),
  });
}

/** Runs the scenario's `act`; a wait for the subject that was in vain becomes a finding, everything else is thrown. */
async function act(each: Case, world: World, options: CaseRun): Promise<Finding | undefined> {
  const { driver, signal } = options;
  const limitMs =
    world.clock.kind === 'simulated' ? LIMIT_MS.simulated : LIMIT_MS.real + 1.2 * (each.scenario.waits?.(each) ?? 0);
  const late = (): Error =>
    new Error(
      `The case did not end within ${Math.round(limitMs / 1000)} s. The scenario waits for something without a limit, or the machine is overloaded; run it alone to tell.`,
    );
  try {
    const subject = driver.subject(world.host);
    const acting = each.scenario.act({ world, subject, driver, axes: each.axes, profile: each.profile });
    await machineClock.within(limitMs, late, acting, { signal });
    return undefined;
  } catch (error) {
    if (error instanceof WaitError) {
      return { verdict: 'fails', expected: error.awaited, observed: error.message.replace(/\.$/, ''), evidence: [] };
    }
    throw error;
  }
}

/** How long a subject may take to its first request before other cases start all the same, in real milliseconds. */
const SETTLED_AFTER_MS = 10_000;

function watchFirstRequest(world: World, settled: () => void): () => void {
  const timer = setTimeout(settled, SETTLED_AFTER_MS);
  const stop = world.ledger.watch((event) => {
    if (event.kind === 'request' || event.kind === 'tripwire') settled();
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function harnessError(error: unknown, recorded: readonly LedgerEvent[]): Judged {
  const message = error instanceof Error ? error.message : String(error);
  const last = recorded.at(-1);
  return { outcome: 'error', reason: message, findings: [], evidence: last ? [last.seq] : [] };
}
