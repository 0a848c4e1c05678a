import { type ProfileName, profileOf } from './names.ts';

/**
 * A document of a profile, as a citation names it.
 * @param page the title of one beside the page about proxies
 */
export function documentOf(profile: ProfileName, page?: string): string {
  const about = profileOf(profile);
  return `GitLab Runner ${about.name}, ${page ?? about.page}`;
}
