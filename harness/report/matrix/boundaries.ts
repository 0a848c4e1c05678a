import type { CaseOutcome } from '../../conformance/outcome.ts';
import { byRelease } from '../../profile/index.ts';
import { measuredValue } from '../measured/index.ts';
import { behaviourOf, type Turn, without } from './behaviour.ts';
import { type Column, labelOf, type Track } from './column.ts';
import type { MatrixCell, MatrixRow } from './rows.ts';

/** Where a behaviour changes from one version to the next of those that were run. */
export interface Boundary {
  readonly turn: Turn;
  /** What is done from then on, or no longer: a sentence without its full stop. */
  readonly says: string;
  /** What was seen before and after, likewise. */
  readonly before: string;
  readonly after: string;
  /** The last version of the old way and the first of the new one. */
  readonly from: Column;
  readonly to: Column;
  /** Under which profiles and generations: `14.10`, `18.3, docker of sid`. */
  readonly under: readonly string[];
  /** In which scenarios. */
  readonly scenarios: readonly string[];
  /** Ids of the cases that show it, and the first of them on both sides. */
  readonly cases: readonly string[];
  readonly shown: { readonly before: MatrixCell; readonly after: MatrixCell };
}

const IMPORTANCE: readonly Turn[] = ['worse', 'better', 'other'];

/**
 * Where behaviours change, the same change said once however many cases show it: for the worse first. Where some cases say nothing of
 * the versions between, the change is taken for the one that others show there.
 */
export function boundariesOf(rows: readonly MatrixRow[], tracks: readonly Track[]): readonly Boundary[] {
  const found = rows.flatMap((row) =>
    row.groups.flatMap(({ cases, cells }) =>
      cells.flatMap((after, index): Boundary[] => {
        if (after.turn === undefined) return [];
        const before = lastKnown(cells, index);
        return before ? [boundaryOf(row, cases, { before, after, turn: after.turn })] : [];
      }),
    ),
  );
  const placeOf = placesIn(tracks);
  const width = ({ from, to }: Boundary): number => placeOf(to) - placeOf(from);
  const isWithin = (inner: Boundary, outer: Boundary): boolean =>
    inner.turn !== 'other' && placeOf(inner.from) >= placeOf(outer.from) && placeOf(inner.to) <= placeOf(outer.to);
  const alike = Map.groupBy(found, ({ turn, says, to }) => JSON.stringify([turn, to.kind, measuredValue(says).answer]));
  return [...alike.values()]
    .flatMap((members) => {
      const groups: Boundary[][] = [];
      for (const each of members.toSorted((a, b) => width(a) - width(b))) {
        const same = groups.find(([first]) => first && (isSame(first, each) || isWithin(first, each)));
        if (same) same.push(each);
        else groups.push([each]);
      }
      return groups;
    })
    .map(joined)
    .sort((a, b) => IMPORTANCE.indexOf(a.turn) - IMPORTANCE.indexOf(b.turn) || b.cases.length - a.cases.length);
}

const isSame = (a: Boundary, b: Boundary): boolean =>
  versionOf(a.from) === versionOf(b.from) && versionOf(a.to) === versionOf(b.to);

const versionOf = ({ subject, version }: Column): string => `${subject} ${version}`;

/** The place of a version among all, whatever the profile. */
function placesIn(tracks: readonly Track[]): (column: Column) => number {
  const versions = tracks
    .flatMap(({ columns }) => columns)
    .toSorted((a, b) => (a.isFile && b.isFile ? byRelease(a.version, b.version) : 0));
  const places = new Map(versions.toReversed().map((each, index) => [versionOf(each), versions.length - index]));
  return (column) => places.get(versionOf(column)) ?? 0;
}

/** The boundaries between two versions. */
interface Step {
  readonly from: Column;
  readonly to: Column;
  /** Versions between them, under the same profile, of which nothing is known here. */
  readonly between: readonly string[];
  readonly members: readonly Boundary[];
}

/** The boundaries by the versions that they lie between, in the order of the columns. */
export function byVersions(boundaries: readonly Boundary[], tracks: readonly Track[]): readonly Step[] {
  const placeOf = placesIn(tracks);
  const groups = Map.groupBy(boundaries, ({ from, to }) =>
    JSON.stringify([from.subject, from.version, to.subject, to.version]),
  );
  return [...groups.values()]
    .map((members): Step => {
      const [{ from, to }] = members as [Boundary];
      return { from, to, between: between(from, to, tracks), members };
    })
    .sort((a, b) => placeOf(a.to) - placeOf(b.to) || placeOf(a.from) - placeOf(b.from));
}

function between(from: Column, to: Column, tracks: readonly Track[]): readonly string[] {
  const track = tracks.find(({ columns }) => columns.includes(from) && columns.includes(to));
  return (track?.columns ?? []).slice((track?.columns.indexOf(from) ?? 0) + 1, track?.columns.indexOf(to)).map(labelOf);
}

function joined(members: readonly Boundary[]): Boundary {
  const [first] = members as [Boundary];
  const once = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];
  return {
    ...first,
    under: once(members.map(({ under }) => under)),
    scenarios: once(members.map(({ scenarios }) => scenarios)),
    cases: once(members.map(({ cases }) => cases)),
  };
}

function lastKnown(cells: readonly MatrixCell[], index: number): MatrixCell | undefined {
  const { kind, profile, generations } = cells[index]?.column ?? {};
  return cells
    .slice(0, index)
    .findLast(
      ({ column, entry }) =>
        column.kind === kind &&
        column.profile === profile &&
        column.generations === generations &&
        entry &&
        behaviourOf(entry.outcome),
    );
}

function boundaryOf(
  { scenario, requirement }: MatrixRow,
  cases: readonly string[],
  { before, after, turn }: { readonly before: MatrixCell; readonly after: MatrixCell; readonly turn: Turn },
): Boundary {
  const { profile, generations } = after.column;
  const [old, now] = [before.entry?.outcome, after.entry?.outcome] as [CaseOutcome, CaseOutcome];
  return {
    turn,
    ...wordsOf(old, now, turn, requirement),
    from: before.column,
    to: after.column,
    under: [[profile, generations].filter(Boolean).join(', ')],
    scenarios: [scenario],
    cases,
    shown: { before, after },
  };
}

/** A change is named by what the finding wants that one side misses; else by what was measured, else by the requirement. */
function wordsOf(
  old: CaseOutcome,
  now: CaseOutcome,
  turn: Turn,
  requirement: string,
): Pick<Boundary, 'says' | 'before' | 'after'> {
  const [misses, missesNow] = [old, now].map((each) => behaviourOf(each)?.misses ?? []) as [string[], string[]];
  const [side, wanted] = turn === 'better' ? [old, without(misses, missesNow)] : [now, without(missesNow, misses)];
  const named = side.findings.find(
    ({ verdict, expected }) => verdict === 'fails' && wanted.includes(measuredValue(expected).answer),
  );
  if (named && turn !== 'other') {
    return { says: named.expected, before: seen(old, named.expected), after: seen(now, named.expected) };
  }
  const asked = now.findings.find(({ verdict, varies }) => verdict === 'measured' && varies === undefined)?.expected;
  return { says: asked ?? requirement.replace(/\.$/, ''), before: told(old), after: told(now) };
}

/** What was observed where the same was expected. Some findings are made only where something is wrong. */
function seen(outcome: CaseOutcome, expected: string): string {
  const { answer } = measuredValue(expected);
  const same = outcome.findings.find((each) => measuredValue(each.expected).answer === answer);
  if (same) return same.observed;
  return behaviourOf(outcome)?.misses.length === 0 ? 'nothing amiss' : told(outcome);
}

function told({ findings, outcome, reason }: CaseOutcome): string {
  const failed = findings.find(({ verdict }) => verdict === 'fails');
  const measured = findings.filter(({ verdict }) => verdict === 'measured').map(({ observed }) => observed);
  if (failed) return failed.observed;
  return measured.length > 0 ? measured.join('; ') : outcome === 'pass' ? 'it holds' : reason.replace(/\.$/, '');
}
