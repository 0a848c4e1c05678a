import type { Profile } from '../profile.ts';
import { profile175 } from './17-5.ts';

/** The page of 18.3: its section on rate limits is rewritten. */
export const profile183 = {
  ...profile175,
  name: '18.3',
  since: '18.3.0',
  rateLimit: {
    retries: [408, 429, 500, 502, 503, 504],
    onInvalid: { do: 'back-off' },
    onAbsent: { do: 'back-off' },
    describesRetryAfter: true,
    // “Retries up to 5 times”: the first request may be counted or not.
    requests: { least: 5, most: 6 },
    givesUpWith: undefined,
  },
  reference: {
    version: '18.3.0',
    api: { runnerTokenHeader: 'Runner-Token', updateTokenHeader: 'Job-Token', requestId: true, systemId: true },
    waitsAfterLast: false,
    helperForEachStage: false,
  },
} as const satisfies Profile;
