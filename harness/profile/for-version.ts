import type { SemVer } from 'semver';
import { firstProfile, type ProfileName } from './names.ts';
import { profiles } from './profiles/index.ts';
import { isAtLeast } from './version.ts';

/**
 * The profile that goes with a runner's version: the last that is for it, and the first for what is older than all.
 * @param version undefined for a build without a number, which is taken for newer than every release
 */
export function profileFor(version: SemVer | undefined): ProfileName {
  return profiles.findLast(({ since }) => isAtLeast(version, since))?.name ?? firstProfile;
}
