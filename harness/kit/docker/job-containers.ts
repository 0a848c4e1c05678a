import type { EventOf, Evidence } from '../../ledger/index.ts';

/**
 * What a runner's container is for, as its labels say: every version of gitlab-runner has this one, and some (17, 18) put
 * its prefix before those of services twice.
 */
const TYPE_LABEL = /^(com\.gitlab\.gitlab-runner\.)+type$/;

const ROLES = { build: 'build', predefined: 'helper', service: 'service' } as const;

/** What a container of a job is for. */
export type JobContainerRole = (typeof ROLES)[keyof typeof ROLES];

/** A container that the subject made, with what `docker inspect` shows of it. */
export type MadeContainer = EventOf<'container'> & { readonly inspect: NonNullable<EventOf<'container'>['inspect']> };

/**
 * The containers that a runner made for its jobs: whatever the engine says that was made in the case, and not by the harness.
 * No label is needed for that.
 * @param role only those for this: by the runner's label where there is one, else by name and image
 */
export function jobContainers(evidence: Evidence, role?: JobContainerRole): readonly MadeContainer[] {
  const made = evidence
    .of('container')
    .flatMap((each): MadeContainer[] =>
      each.peer === 'subject' && each.inspect ? [{ ...each, inspect: each.inspect }] : [],
    );
  if (role === undefined) return made;
  return made.filter((each) => (typesOf(each).length > 0 ? labelledRole(each) : guessedRole(each)) === role);
}

const typesOf = ({ inspect }: MadeContainer): string[] =>
  Object.entries(inspect.labels).flatMap(([name, value]) => (TYPE_LABEL.test(name) ? [value] : []));

function labelledRole(container: MadeContainer): JobContainerRole | undefined {
  const type = typesOf(container).find((each): each is keyof typeof ROLES => each in ROLES);
  return type && ROLES[type];
}

/** A probe of a service is in no role. */
function guessedRole({ name, image }: MadeContainer): JobContainerRole | undefined {
  if (/wait/.test(name)) return undefined;
  if (/predefined|helper/.test(name)) return 'helper';
  if (/build/.test(name)) return 'build';
  return /helper/.test(image) ? 'helper' : 'service';
}
