import { profile1410 } from './14-10.ts';
import { profile183 } from './18-3.ts';

/** Every version of the documentation, the oldest first. Names, schemas and messages follow from this list. */
export const profiles = [profile1410, profile183] as const;
