import { type ByProfile, firstProfile, type ProfileName, profileNames, rateLimitRules } from '../../profile/index.ts';
import type { Requirement } from './requirement.ts';

/** The family that is held to a profile's rules for rate-limited requests, whatever its sentences say. */
const LIMITS = 'rate-limit/';

/**
 * Whether a profile asks something else of a subject than the profile before it: another level or sentence, or, where the family
 * rests on them, other rules for rate-limited requests. In the first profile everything is new. What is not new was judged under
 * the profile before, and needs no second run.
 */
export function isNewIn(profile: ProfileName, { id, level, holds }: Requirement): boolean {
  if (profile === firstProfile) return true;
  const says = (by: ByProfile<string>): boolean => Object.hasOwn(by, profile);
  return says(level) || says(holds) || (id.startsWith(LIMITS) && hasOtherLimits(profile));
}

/** Whether a profile's page has other rules than the one before it, which hands on its own where nothing changed. */
function hasOtherLimits(profile: ProfileName): boolean {
  const before = profileNames[profileNames.indexOf(profile) - 1];
  return before === undefined || rateLimitRules(profile) !== rateLimitRules(before);
}
