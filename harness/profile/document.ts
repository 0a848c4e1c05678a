import { type ProfileName, profileOf } from './names.ts';

/** The document of a profile, as a citation names it. */
export function documentOf(profile: ProfileName): string {
  const { name, page } = profileOf(profile);
  return `GitLab Runner ${name}, ${page}`;
}
