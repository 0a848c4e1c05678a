import type { Outcome } from '../../../conformance/outcome.ts';
import { hasVerdict } from '../../has-verdict.ts';
import type { HistoryCase, HistoryRun } from '../store/history-run.ts';
import { sameAnswer } from './answer-value.ts';
import { caseIn } from './build-model.ts';
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
  /** The version that last said something of it, where that is not the one that the run is held against. */
  readonly since?: string;
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

/** What is known of a case at some time. */
interface CaseKnown {
  readonly last: HistoryCase;
  /** The last that said something of the subject, and of which version. */
  readonly verdict?: { readonly each: HistoryCase; readonly version: string };
}
type Known = Map<string, CaseKnown>;

/**
 * Tells what each run changed: a first run of a version against the next older version, whichever of the two was run earlier, and each
 * other one against the run before it. Where one says nothing of a case, since it was skipped or the harness broke, what came before
 * that counts. Runs that changed nothing are left out, but for the first of a version.
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
      return byVersion.flatMap(({ own }, index) =>
        changesOf(
          own,
          byVersion.slice(0, index).map((older) => older.own),
        ),
      );
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** @param own the runs of a version @param older those of each older version, the oldest first */
function changesOf(own: readonly HistoryRun[], older: readonly (readonly HistoryRun[])[]): readonly RunChanges[] {
  const known: Known = new Map();
  return own.flatMap((run, index) => {
    const previous = own[index - 1];
    const against = previous ?? knownAt(older.at(-1) ?? [], run.startedAt).at(-1);
    if (!previous) recall(known, older, run);
    const changes = against ? changesSince(known, run, against.subject.version) : [];
    remember(known, run);
    if (previous && changes.length === 0) return [];
    const at = against && against.startedAt > run.startedAt ? against.startedAt : run.startedAt;
    return [{ run, ...(against ? { against } : {}), at, changes }];
  });
}

/** The runs of a version at a time; if there were none, the first of them, which came later. */
function knownAt(runs: readonly HistoryRun[], at: string): readonly HistoryRun[] {
  const earlier = runs.filter(({ startedAt }) => startedAt <= at);
  return earlier.length > 0 ? earlier : runs.slice(0, 1);
}

/** What the next older version said of the cases of a run, or else the last one before it that said something. */
function recall(known: Known, older: readonly (readonly HistoryRun[])[], { startedAt, scenarios }: HistoryRun): void {
  const before = older.map((runs) => knownAt(runs, startedAt));
  for (const run of before.at(-1) ?? []) remember(known, run);
  const rest = before.slice(0, -1).flat().reverse();
  for (const [scenario, { cases }] of Object.entries(scenarios)) {
    for (const axes of Object.keys(cases)) {
      const found = known.get(scenario + axes);
      if (!found || found.verdict) continue;
      for (const run of rest) {
        const each = caseIn(run, scenario, axes);
        if (!each || !hasVerdict(each.outcome)) continue;
        known.set(scenario + axes, { ...found, verdict: { each, version: run.subject.version } });
        break;
      }
    }
  }
}

const PASSED: HistoryCase = { outcome: 'pass' };

function casesIn(run: HistoryRun): (readonly [scenario: string, axes: string, each: HistoryCase])[] {
  return Object.entries(run.scenarios).flatMap(([scenario, { cases }]) =>
    Object.entries(cases).map(([axes, each]) => [scenario, axes, each === 'pass' ? PASSED : each] as const),
  );
}

function changesSince(known: Known, run: HistoryRun, against: string): ChangedCase[] {
  return casesIn(run).flatMap(([scenario, axes, after]) => {
    const found = known.get(scenario + axes);
    if (found === undefined) return [];
    const verdict = hasVerdict(after.outcome) ? found.verdict : undefined;
    const was = verdict?.each ?? found.last;
    const [one, other] = [was.outcome, after.outcome];
    const change: ChangedCase = {
      scenario,
      axes,
      before: one,
      after: other,
      direction: directionOf(one, other),
      ...(verdict && verdict.version !== against ? { since: verdict.version } : {}),
    };
    if (one !== other) return [change];
    const answers = [was.reason ?? '', after.reason ?? ''] as const;
    return other === 'info' && !sameAnswer(was, after) ? [{ ...change, answers }] : [];
  });
}

function remember(known: Known, run: HistoryRun): void {
  const { version } = run.subject;
  for (const [scenario, axes, each] of casesIn(run)) {
    const verdict = hasVerdict(each.outcome) ? { each, version } : known.get(scenario + axes)?.verdict;
    known.set(scenario + axes, { last: each, ...(verdict ? { verdict } : {}) });
  }
}
