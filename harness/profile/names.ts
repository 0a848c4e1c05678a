import type { Profile } from './profile.ts';
import { profiles } from './profiles/index.ts';

/** The name of a version of the documentation. */
export type ProfileName = (typeof profiles)[number]['name'];

/** The profile where all of it began. */
type FirstProfileName = (typeof profiles)[0]['name'];

/** Something that the first profile has, and a later one only where it is different from the one before it. */
export type ByProfile<T> = Readonly<Record<FirstProfileName, T>> & Readonly<Partial<Record<ProfileName, T>>>;

/** The names, the oldest first. */
export const profileNames: readonly ProfileName[] = profiles.map(({ name }) => name);

/** What is taken where nobody says, and no subject's version does. */
export const firstProfile: FirstProfileName = profiles[0].name;

/** The names, as a sentence offers them: `14.10 or 18.3`. */
export const profileChoice: string = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(profileNames);

/** The profile of a name. */
export function profileOf(name: ProfileName): Profile {
  const all: readonly Profile[] = profiles;
  return all.find((each) => each.name === name) ?? profiles[0];
}

/**
 * What holds under a profile: each is the one before it, with what changed.
 * @param by what the first profile has, and what later ones have instead
 */
export function under<T>(name: ProfileName, by: ByProfile<T>): T {
  let found: T = by[firstProfile];
  for (const each of profileNames) {
    if (Object.hasOwn(by, each)) found = (by as Readonly<Record<ProfileName, T>>)[each];
    if (each === name) break;
  }
  return found;
}
