import type { ProfileName } from '../../profile/index.ts';
import type { RunComparison } from './comparison.ts';
import type { ChangeGroup } from './groups.ts';

/** What the page asks for in another version of itself, where it is another thing than before. */
export interface PageChange {
  /** The profile that asks for it. */
  readonly profile: ProfileName;
  readonly requirement: string;
}

/** Two runs of two versions under one profile, and the same under the profile of the newer one. */
export interface VersionComparison {
  readonly main: RunComparison;
  /** The same two versions under another profile; each under its own would hide what the page changed. */
  readonly beside?: RunComparison;
}

/** A group of changes, and what the page has to do with it. */
export interface ToldGroup extends ChangeGroup {
  /** The change follows the page, or is one of the page alone. */
  readonly page?: PageChange;
  /** The profile under which it shows, where it does so under the other one only. */
  readonly onlyUnder?: ProfileName;
}

/** All that changed, under either profile, each change once; and which of it is the page's. */
export function toldGroups({ main, beside }: VersionComparison): readonly ToldGroup[] {
  const other = new Map(beside?.after.results.outcomes.map((each) => [each.id, each]));
  const told = main.groups.map((group): ToldGroup => {
    const page = beside
      ? pageBehind(group, (id) => other.get(id), beside.after.results.profile)
      : pageOf(group, main.after.results.profile);
    return { ...group, ...(page ? { page } : {}) };
  });
  const seen = new Set(main.groups.flatMap(({ kind, changes }) => changes.map(({ after }) => `${kind} ${after.id}`)));
  const more = beside?.groups.flatMap((group): readonly ToldGroup[] => {
    if (group.kind !== 'worse' && group.kind !== 'better') return [];
    const isNew = group.changes.some(({ after }) => !seen.has(`${group.kind} ${after.id}`));
    return isNew ? [{ ...group, onlyUnder: beside.after.results.profile }] : [];
  });
  return [...told, ...(more ?? [])];
}

/** Of runs under one profile: the newer version does in all of these cases what the newer page asks, which is another thing. */
function pageBehind(
  { kind, changes }: ChangeGroup,
  other: (id: string) => { readonly outcome: string; readonly requirement: string; readonly level: string } | undefined,
  profile: ProfileName,
): PageChange | undefined {
  if (kind === 'better' || kind === 'unknown') return undefined;
  let requirement: string | undefined;
  for (const { after } of changes) {
    const there = other(after.id);
    if (!there || (there.requirement === after.requirement && there.level === after.level)) return undefined;
    if (there.outcome !== 'pass') return undefined;
    requirement = there.requirement;
  }
  return requirement === undefined ? undefined : { profile, requirement };
}

/** Of runs under two profiles: what is asked is another thing, so that nobody can tell whether the runner changed. */
const pageOf = ({ changes: [first] }: ChangeGroup, profile: ProfileName): PageChange | undefined =>
  first.isOfPage ? { profile, requirement: first.after.requirement } : undefined;

/** Whether something required got worse. */
export const isWorse = (comparison: VersionComparison): boolean => worsened(comparison).length > 0;

/**
 * What got worse and is required, or is an invariant, which no case may break. What the newer page asks for, and the newer version
 * does, is no worsening, though the older page asked for another thing.
 */
export const worsened = (comparison: VersionComparison): readonly ToldGroup[] =>
  toldGroups(comparison).filter(
    ({ kind, changes: [{ after }], page }) =>
      kind === 'worse' && after.outcome !== 'warn' && (page === undefined || comparison.beside === undefined),
  );
