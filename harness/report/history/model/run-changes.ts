import type { Outcome } from '../../../conformance/outcome.ts';
import type { HistoryCase, HistoryRun } from '../store/history-run.ts';
import { sameAnswer } from './answer-value.ts';
import { generationsOf } from './columns.ts';
import { directionOf } from './direction.ts';
import { compareVersions } from './versions.ts';

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

/** What a run changed, held against the run before it of the same version, or against the version before. */
export interface RunChanges {
  readonly run: HistoryRun;
  /** What it was held against; undefined for the first run of the first version. */
  readonly against?: HistoryRun;
  readonly changes: readonly ChangedCase[];
}

/** What is known of a column at some time: what every case came to last, and the newest run. */
interface Known {
  readonly version: string;
  readonly cases: Map<string, HistoryCase>;
  newest: HistoryRun;
}

/**
 * Goes through a history and tells what each run changed. Runs that changed nothing are left out, but for the first of a version.
 * @param runs the oldest first
 */
export function runChanges(runs: readonly HistoryRun[]): RunChanges[] {
  const known = new Map<string, Known[]>();
  return runs.flatMap((run) => {
    const { name, version } = run.subject;
    const key = JSON.stringify([name, run.profile, generationsOf(run)]);
    const versions = known.get(key) ?? [];
    known.set(key, versions);
    const own = versions.find((each) => each.version === version);
    const before = own ?? versionBefore(versions, version);
    const changes = before ? changesSince(before.cases, run) : [];
    const entry = { run, ...(before ? { against: before.newest } : {}), changes };
    const now = own ?? { version, cases: new Map(), newest: run };
    if (!own) versions.push(now);
    now.newest = run;
    remember(now.cases, run);
    return own && changes.length === 0 ? [] : [entry];
  });
}

const versionBefore = (versions: readonly Known[], version: string): Known | undefined =>
  versions
    .filter((each) => compareVersions(each.version, version) < 0)
    .toSorted((a, b) => compareVersions(a.version, b.version))
    .at(-1);

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
