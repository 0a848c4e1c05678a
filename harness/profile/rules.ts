import { type ProfileName, profileOf } from './names.ts';
import type { RateLimitRules } from './rate-limit.ts';

/** What a profile's page says of rate-limited requests. */
export const rateLimitRules = (profile: ProfileName): RateLimitRules => profileOf(profile).rateLimit;
