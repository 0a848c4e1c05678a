import type { Profile } from '../profile.ts';
import { profile1410 } from './14-10.ts';

/** The page of 17.5: a new sentence has NO_PROXY in the unit's drop-in reach an internal GitLab, and the hook has its new name. */
export const profile175 = {
  ...profile1410,
  name: '17.5',
  since: '17.5.0',
  reference: {
    version: '17.5.0',
    api: { runnerTokenHeader: 'Private-Token', updateTokenHeader: 'Private-Token', requestId: false, systemId: true },
    waitsAfterLast: true,
    helperForEachStage: false,
  },
} as const satisfies Profile;
