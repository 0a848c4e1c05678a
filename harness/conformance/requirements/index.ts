import { documentOf, type ProfileName, under } from '../../profile/index.ts';
import { artifactRequirements } from './artifacts.ts';
import { cacheRequirements } from './cache.ts';
import { cntlmRequirements } from './cntlm.ts';
import { containerRequirements } from './containers.ts';
import { dockerRequirements } from './docker.ts';
import { gitRequirements } from './git.ts';
import { hostRequirements } from './host.ts';
import { noProxyRequirements } from './no-proxy.ts';
import { pollingRequirements } from './polling.ts';
import { rateLimitRequirements } from './rate-limit.ts';
import type { Requirement } from './requirement.ts';
import { tlsRequirements } from './tls.ts';
import { tlsContainerRequirements } from './tls-containers.ts';

export { isNewIn } from './new-in.ts';
export type { Requirement } from './requirement.ts';

/** The register: everything the suite holds a runner and its clients to. */
export const requirements: readonly Requirement[] = [
  ...pollingRequirements,
  ...rateLimitRequirements,
  ...gitRequirements,
  ...containerRequirements,
  ...artifactRequirements,
  ...cacheRequirements,
  ...dockerRequirements,
  ...noProxyRequirements,
  ...cntlmRequirements,
  ...hostRequirements,
  ...tlsRequirements,
  ...tlsContainerRequirements,
];

/** Page, version and heading a requirement comes from, as a report prints it. */
export function citation(requirement: Requirement, profile: ProfileName): string {
  return `${documentOf(profile, requirement.page)}, “${under(profile, requirement.heading)}”`;
}

/** The requirement behind a scenario's id. */
export function findRequirement(id: string): Requirement | undefined {
  return requirements.find((each) => each.id === id);
}
