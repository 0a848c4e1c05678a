import { profile1410 } from './14-10.ts';
import { profile175 } from './17-5.ts';
import { profile183 } from './18-3.ts';
import { profile1811 } from './18-11.ts';

/** Every version of the documentation, the oldest first. Names, schemas and messages follow from this list. */
export const profiles = [profile1410, profile175, profile183, profile1811] as const;
