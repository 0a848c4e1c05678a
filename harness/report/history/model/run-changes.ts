import type { Outcome } from '../../../conformance/outcome.ts';
import type { HistoryCase, HistoryRun } from '../store/history-run.ts';
import { sameAnswer } from './answer-value.ts';
import { generationsOf } from './columns.ts';
import { directionOf } from './direction.ts';
import { byAge } from './versions.ts';

/** A case that has another outcome than before, or another measured answer. */
export interface ChangedCase {
  readonly scenario: string;
  readonly axes: string;
  readonly before: Outcome;
  readonly after: Outcome;
  /** The measured answers, where it is they that differ. */
  readonly answers?: readonly [before: string, after: string];
  readonly direction: ReturnType<typeof directionOf>;
}

/** What a run changed, held against the run before it of the same version, or against the next older version. */
export interface RunChanges {
  readonly run: HistoryRun;
  /** What it was held against; undefined for the first run of the oldest version. */
  readonly against?: HistoryRun;
  /** From when on that is known: when the later of the two began. */
  readonly at: string;
  readonly changes: readonly ChangedCase[];
}

/** What is known of a version at some time: what every case came to last, and the newest run. */
interface Known {
  readonly cases: ReadonlyMap<string, HistoryCase>;
  readonly newest: HistoryRun;
}

/**
 * Tells what each run changed: a first run of a version against the next older version, whichever of the two was run earlier, and each
 * other one against the run before it. Runs that changed nothing are left out, but for the first of a version.
 * @param runs the oldest first
 * @returns in the order in which they could be known
 */
export function runChanges(runs: readonly HistoryRun[]): RunChanges[] {
  const alike = Map.groupBy(runs, (run) => JSON.stringify([run.subject.name, run.profile, generationsOf(run)]));
  return [...alike.values()]
    .flatMap((group) => {
      const byVersion = [...Map.groupBy(group, ({ subject }) => subject.version)]
        .map(([version, own]) => ({ version, own, runs: own.map(({ startedAt }) => startedAt) }))
        .sort(byAge);
      return byVersion.flatMap(({ own }, index) => changesOf(own, byVersion[index - 1]?.own));
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** @param own the runs of a version @param older those of the next older version */
function changesOf(own: readonly HistoryRun[], older: readonly HistoryRun[] | undefined): readonly RunChanges[] {
  const cases = new Map<string, HistoryCase>();
  return own.flatMap((run, index) => {
    const previous = own[index - 1];
    const before = previous ? { cases, newest: previous } : older && knownAt(older, run.startedAt);
    const changes = before ? changesSince(before.cases, run) : [];
    remember(cases, run);
    if (previous && changes.length === 0) return [];
    const against = before?.newest;
    const at = against && against.startedAt > run.startedAt ? against.startedAt : run.startedAt;
    return [{ run, ...(against ? { against } : {}), at, changes }];
  });
}

/** What a version's runs had said at a time; if that is nothing, what the first of them said later. */
function knownAt(runs: readonly HistoryRun[], at: string): Known | undefined {
  const earlier = runs.filter(({ startedAt }) => startedAt <= at);
  const known = earlier.length > 0 ? earlier : runs.slice(0, 1);
  const newest = known.at(-1);
  if (!newest) return undefined;
  const cases = new Map<string, HistoryCase>();
  for (const run of known) remember(cases, run);
  return { cases, newest };
}

const PASSED: HistoryCase = { outcome: 'pass' };

function casesIn(run: HistoryRun): (readonly [scenario: string, axes: string, each: HistoryCase])[] {
  return Object.entries(run.scenarios).flatMap(([scenario, { cases }]) =>
    Object.entries(cases).map(([axes, each]) => [scenario, axes, each === 'pass' ? PASSED : each] as const),
  );
}

function changesSince(before: ReadonlyMap<string, HistoryCase>, run: HistoryRun): ChangedCase[] {
  return casesIn(run).flatMap(([scenario, axes, after]) => {
    const was = before.get(scenario + axes);
    if (was === undefined) return [];
    const [one, other] = [was.outcome, after.outcome];
    const change = { scenario, axes, before: one, after: other, direction: directionOf(one, other) };
    if (one !== other) return [change];
    const answers = [was.reason ?? '', after.reason ?? ''] as const;
    return other === 'info' && !sameAnswer(was, after) ? [{ ...change, answers }] : [];
  });
}

function remember(cases: Map<string, HistoryCase>, run: HistoryRun): void {
  for (const [scenario, axes, each] of casesIn(run)) cases.set(scenario + axes, each);
}
