import type { EventOf, Evidence } from '../../ledger/index.ts';

/**
 * What a runner's container is for, as its labels say: every version of gitlab-runner has this one, and some (17, 18) put
 * its prefix before those of services twice.
 */
const TYPE_LABEL = /^(com\.gitlab\.gitlab-runner\.)+type$/;

const ROLES = { build: 'build', predefined: 'helper', service: 'service' } as const;

/** What a container of a job is for. */
export type JobContainerRole = (typeof ROLES)[keyof typeof ROLES];

/** The containers that a runner made for its jobs, with what `docker inspect` shows of them. */
export function jobContainers(
  evidence: Evidence,
  role: JobContainerRole,
): readonly (EventOf<'container'> & { readonly inspect: NonNullable<EventOf<'container'>['inspect']> })[] {
  return evidence.of('container').flatMap((each) => {
    const { inspect } = each;
    if (!inspect) return [];
    const types = Object.entries(inspect.labels).flatMap(([name, value]) => (TYPE_LABEL.test(name) ? [value] : []));
    return types.some((type) => type in ROLES && ROLES[type as keyof typeof ROLES] === role)
      ? [{ ...each, inspect }]
      : [];
  });
}
