import { headerOf } from '../../ledger/index.ts';
import type { Behaviour } from './behaviour.ts';
import { honestDocker } from './policies/docker-policy.ts';
import { honestGit, honestJob, honestPoll, honestTrace } from './policies/job-policies.ts';
import { goProxy } from './policies/proxy-policy.ts';
import { retryOf183, retryOf1410 } from './policies/retry-policy.ts';

/** The profiles that the reference runner can follow. */
export type ReferenceProfile = '14.10' | '18.3';

const inBoth = {
  header: headerOf,
  proxy: goProxy,
  poll: honestPoll,
  job: honestJob,
  trace: honestTrace,
  git: honestGit,
  stopsWhileWaiting: true,
  logs: () => true,
};

/** What each profile's page says, and how the version that it belongs to signs its requests. */
export const profiles: Readonly<Record<ReferenceProfile, Behaviour>> = {
  '14.10': {
    ...inBoth,
    version: '14.10.1',
    api: { runnerTokenHeader: undefined, updateTokenHeader: undefined, requestId: false, systemId: false },
    retry: retryOf1410,
    docker: honestDocker,
  },
  '18.3': {
    ...inBoth,
    version: '18.3.0',
    api: { runnerTokenHeader: 'Runner-Token', updateTokenHeader: 'Job-Token', requestId: true, systemId: true },
    retry: retryOf183,
    docker: { ...honestDocker, helperForEachStage: false },
  },
};
