import type { LedgerSink } from '../ledger/index.ts';
import type { Driver } from '../runner/subject.ts';
import type { RunContext, World } from '../world/index.ts';
import type { Case } from './cases.ts';
import type { Expectations } from './expectations.ts';
import type { Judged } from './judged.ts';
import { Lateness } from './lateness/index.ts';
import type { CaseOutcome } from './outcome.ts';
import { runCase } from './run-case.ts';
import { Slots } from './slots.ts';

/** Told of everything that happens to the cases of a run. */
export interface RunObserver {
  started?(each: Case): void;
  waiting?(each: Case, what: string, until?: number): void;
  finished?(outcome: CaseOutcome): void;
  /** An error came after the end of a case. */
  changed?(outcome: CaseOutcome): void;
}

/** How a run goes about its cases. */
export interface Schedule {
  readonly cases: readonly Case[];
  readonly driver: Driver;
  readonly run: RunContext;
  readonly sink: LedgerSink;
  readonly expectations?: Expectations;
  /** How many cases may be under way at once, most of them waiting; room that runs at the same time share, or a number. */
  readonly jobs: number | Slots;
  /** How many cases may be starting their subject at once, likewise: that is what costs CPU time. */
  readonly starting: number | Slots;
  /** Room for cases with a Docker engine: they work as much as they wait. */
  readonly engines: Slots;
  readonly signal: AbortSignal;
  readonly observer?: RunObserver;
  readonly keep?: (each: Case, world: World, judged: Judged) => void;
}

/**
 * Runs cases side by side, the longest wait first, so that a run is as long as its longest wait.
 * @returns the outcomes in the order of the cases; those that an interrupt kept from running are left out
 */
export async function runCases(schedule: Schedule): Promise<CaseOutcome[]> {
  const { cases, signal } = schedule;
  const queue = [...cases].sort((a, b) => longest(b, schedule.driver) - longest(a, schedule.driver));
  const [inContainers, others] = [queue.filter(hasEngine), queue.filter((each) => !hasEngine(each))];
  const outcomes = new Map<string, CaseOutcome>();
  const starting = roomFor(schedule.starting);
  using lateness = new Lateness();
  let over = false;
  const late = {
    counts: () => !over,
    changed: (outcome: CaseOutcome) => {
      // The run was told to stop before this case had an outcome.
      if (!outcomes.has(outcome.id)) return;
      outcomes.set(outcome.id, outcome);
      schedule.observer?.changed?.(outcome);
    },
  };
  const take = async (each: Case, room: Slots): Promise<void> => {
    const lasts = longest(each, schedule.driver);
    const leave = await room.enter(lasts);
    const settled = signal.aborted ? undefined : await starting.enter(lasts);
    try {
      if (signal.aborted || !settled) return;
      const outcome = await runOne(each, schedule, { settled, lateness, ...late });
      if (signal.aborted) return;
      outcomes.set(each.id, outcome);
      schedule.observer?.finished?.(outcome);
    } finally {
      settled?.();
      leave();
    }
  };
  const jobs = roomFor(schedule.jobs);
  await Promise.all([
    ...inContainers.map((each) => take(each, schedule.engines)),
    ...others.map((each) => take(each, jobs)),
  ]);
  // What the last case rejected is reported in a turn of its own.
  await new Promise((resolve) => setImmediate(resolve));
  over = true;
  return cases.flatMap((each) => outcomes.get(each.id) ?? []);
}

const roomFor = (room: number | Slots): Slots => (typeof room === 'number' ? new Slots(room) : room);

/** Whether a case has a Docker engine of its own. */
export const hasEngine = (each: Case): boolean => each.scenario.needs?.(each).includes('docker') ?? false;

/** What a case lasts: in simulated time waits cost nothing, and only work counts. In milliseconds. */
const longest = ({ scenario, ...context }: Case, { clock }: Driver): number =>
  (scenario.work ?? 0) + (clock === 'simulated' ? 0 : (scenario.waits?.(context) ?? 0));

/** What a case meets besides its schedule. */
interface Meanwhile {
  readonly settled: () => void;
  readonly lateness: Lateness;
  readonly counts: () => boolean;
  readonly changed: (outcome: CaseOutcome) => void;
}

async function runOne(each: Case, schedule: Schedule, meanwhile: Meanwhile): Promise<CaseOutcome> {
  const { driver, run, sink, signal, observer, keep } = schedule;
  observer?.started?.(each);
  const { settled, lateness, counts } = meanwhile;
  const result = await runCase(each, {
    driver,
    run,
    sink,
    signal,
    settled,
    lateness,
    counts,
    rejudged: (judged) => meanwhile.changed({ ...outcome, ...judged }),
    ...(observer?.waiting ? { waiting: (what, until) => observer.waiting?.(each, what, until) } : {}),
    ...(keep ? { keep: (world, judged) => keep(each, world, judged) } : {}),
  });
  const expectation = schedule.expectations?.for(each);
  const outcome: CaseOutcome = {
    id: each.id,
    scenario: each.scenario.id,
    axes: each.axes,
    level: each.level,
    outcome: result.outcome,
    expected: expectation?.outcome ?? 'pass',
    ...(expectation ? { expectation } : {}),
    reason: result.reason,
    citation: each.citation,
    requirement: each.requirement,
    durationMs: result.durationMs,
    waitedMs: result.waitedMs,
    evidence: result.evidence,
    findings: result.findings,
    ...(result.lacks ? { lacks: result.lacks } : {}),
    ...(result.isolation ? { isolation: result.isolation } : {}),
    ...(result.isolationReason ? { isolationReason: result.isolationReason } : {}),
    ...(result.proxy ? { proxy: result.proxy } : {}),
    ...(result.profiles ? { profiles: result.profiles } : {}),
  };
  return outcome;
}
