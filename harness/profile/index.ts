export { documentOf } from './document.ts';
export { profileFor } from './for-version.ts';
export { type GetSourcesHookName, getSourcesHookName, getSourcesHookNames } from './hooks.ts';
export {
  type ByProfile,
  firstProfile,
  type ProfileName,
  profileChoice,
  profileNames,
  profileOf,
  under,
} from './names.ts';
export type { Profile } from './profile.ts';
export type { RateLimitRules, Reaction, Retry } from './rate-limit.ts';
export type { ApiTraits, ReferenceTraits } from './reference.ts';
export { rateLimitRules } from './rules.ts';
export { byRelease, isAtLeast, releaseOf } from './version.ts';
