import type { Profile } from '../profile.ts';
import { profile183 } from './18-3.ts';

/** The pages of 18.11: the FAQ tells by the correlation id whether GitLab or a hop before it answered. */
export const profile1811 = {
  ...profile183,
  name: '18.11',
  since: '18.11.0',
  reference: { ...profile183.reference, version: '18.11.0' },
} as const satisfies Profile;
