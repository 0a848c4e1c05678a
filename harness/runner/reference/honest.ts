import { headerOf } from '../../ledger/index.ts';
import { type ProfileName, profileOf } from '../../profile/index.ts';
import type { Behaviour } from './behaviour.ts';
import { jsonLine } from './log.ts';
import { honestCorrelation } from './policies/correlation-policy.ts';
import { honestDocker } from './policies/docker-policy.ts';
import { honestGit, honestJob, honestPoll, honestTrace } from './policies/job-policies.ts';
import { goProxy } from './policies/proxy-policy.ts';
import { retryPolicy } from './policies/retry-policy.ts';
import { honestTls } from './policies/tls-policy.ts';

/** What a profile's page says, done by the version that it belongs to, without a fault. */
export function honestBehaviour(profile: ProfileName): Behaviour {
  const { rateLimit, reference } = profileOf(profile);
  return {
    header: headerOf,
    correlation: honestCorrelation,
    proxy: goProxy,
    tls: honestTls,
    poll: honestPoll,
    job: honestJob,
    trace: honestTrace,
    git: honestGit,
    stopsWhileWaiting: true,
    logs: () => true,
    writesLog: jsonLine,
    version: reference.version,
    api: reference.api,
    retry: retryPolicy(rateLimit, reference),
    docker: { ...honestDocker, helperForEachStage: reference.helperForEachStage },
  };
}
