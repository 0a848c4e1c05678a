import type { Profile } from '../profile.ts';

/** The page of 14.10, which holds for older runners as well. */
export const profile1410 = {
  name: '14.10',
  since: '14.10.0',
  page: 'Running GitLab Runner behind a proxy',
  rateLimit: {
    retries: [429],
    onInvalid: { do: 'wait', ms: 60_000 },
    onAbsent: { do: 'report' },
    describesRetryAfter: false,
    // “The process is repeated 5 times.”
    requests: { least: 5, most: 5 },
    givesUpWith: 'gave up due to rate limit',
  },
  reference: {
    version: '14.10.1',
    api: { runnerTokenHeader: undefined, updateTokenHeader: undefined, requestId: false, systemId: false },
    waitsAfterLast: true,
    helperForEachStage: true,
  },
} as const satisfies Profile;
